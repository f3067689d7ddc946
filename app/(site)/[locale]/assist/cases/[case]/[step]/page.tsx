import type { Locale } from '@/lib/i18n/routing';
import { CaseStepPage } from './case-step-page';

export default async function Page({ params }: { params: Promise<{ locale: Locale; case: string; step: string }> }) {
  const { locale, case: id, step } = await params;
  return <CaseStepPage locale={locale} id={id} step={step} />;
}
