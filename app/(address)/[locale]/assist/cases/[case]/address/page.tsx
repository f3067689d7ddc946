import { CaseStepPage } from '@/app/(console)/[locale]/assist/cases/[case]/[step]/case-step-page';
import type { StepQuery } from '@/app/(customer)/[locale]/onboarding/step-page';
import type { Locale } from '@/lib/i18n/routing';

type Props = { params: Promise<{ locale: Locale; case: string }>; searchParams: Promise<StepQuery> };

export default async function CaseAddressPage({ params, searchParams }: Props) {
  const { locale, case: id } = await params;
  return <CaseStepPage locale={locale} id={id} step="address" query={searchParams} />;
}
