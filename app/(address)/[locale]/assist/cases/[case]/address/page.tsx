import { CaseStepPage } from '@/app/(site)/[locale]/assist/cases/[case]/[step]/case-step-page';
import type { Locale } from '@/lib/i18n/routing';

export default async function CaseAddressPage({ params }: { params: Promise<{ locale: Locale; case: string }> }) {
  const { locale, case: id } = await params;
  return <CaseStepPage locale={locale} id={id} step="address" />;
}
