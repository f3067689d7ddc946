import type { StepQuery } from '@/app/(customer)/[locale]/onboarding/step-page';
import type { Locale } from '@/lib/i18n/routing';
import { CaseStepPage } from './case-step-page';

type Props = { params: Promise<{ locale: Locale; case: string; step: string }>; searchParams: Promise<StepQuery> };

export default async function Page({ params, searchParams }: Props) {
  const { locale, case: id, step } = await params;
  return <CaseStepPage locale={locale} id={id} step={step} query={searchParams} />;
}
