import { redirect } from 'next/navigation';
import { finishStep, saveStep } from '@/app/(customer)/[locale]/onboarding/actions';
import { requirePageAccess } from '@/app/(customer)/[locale]/onboarding/require-page-access';
import { readNotice, type StepQuery } from '@/app/(customer)/[locale]/onboarding/step-page';
import { CardView } from '@/components/pages/card-view';
import { getVaultSettings } from '@/lib/config/vendor-settings';
import { isFramedVisit } from '@/lib/http/framed-visit';
import { getPagePath } from '@/lib/i18n/paths';
import type { Locale } from '@/lib/i18n/routing';
import { buildJourneyView } from '@/lib/use-cases/customer/build-journey-view';

type Props = { params: Promise<{ locale: Locale }>; searchParams: Promise<StepQuery> };

export default async function CardPage({ params, searchParams }: Props) {
  const { locale } = await params;
  const journey = buildJourneyView(await requirePageAccess(locale, 'card'), locale, await isFramedVisit());
  const settings = getVaultSettings();
  if (!settings) redirect(getPagePath(locale, 'payment'));
  const actions = { save: saveStep.bind(null, locale, 'card'), finish: finishStep.bind(null, locale, 'card') };
  return <CardView journey={journey} actions={actions} settings={settings} notice={readNotice(await searchParams)} />;
}
