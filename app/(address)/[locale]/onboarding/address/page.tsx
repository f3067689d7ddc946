import { StepPage } from '@/app/(site)/[locale]/onboarding/step-page';
import type { Locale } from '@/lib/i18n/routing';

export default async function AddressPage({ params }: { params: Promise<{ locale: Locale }> }) {
  const { locale } = await params;
  return <StepPage locale={locale} step="address" />;
}
