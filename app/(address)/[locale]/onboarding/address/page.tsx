import { StepPage, type StepQuery } from '@/app/(customer)/[locale]/onboarding/step-page';
import type { Locale } from '@/lib/i18n/routing';

type Props = { params: Promise<{ locale: Locale }>; searchParams: Promise<StepQuery> };

export default async function AddressPage({ params, searchParams }: Props) {
  const { locale } = await params;
  return <StepPage locale={locale} step="address" query={searchParams} />;
}
