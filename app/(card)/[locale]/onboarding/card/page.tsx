import { redirect } from 'next/navigation';
import { finishStep, saveStep } from '@/app/(customer)/[locale]/onboarding/actions';
import { readNotice, type StepQuery } from '@/app/(customer)/[locale]/onboarding/step-page';
import { CardView } from '@/components/pages/card-view';
import { vaultSettings } from '@/lib/config/browser-keys';
import { pagePath } from '@/lib/i18n/paths';
import type { Locale } from '@/lib/i18n/routing';
import { guardPage } from '@/lib/use-cases/customer/guard';
import { viewOf } from '@/lib/use-cases/customer/journey-view';

type Props = { params: Promise<{ locale: Locale }>; searchParams: Promise<StepQuery> };

export default async function CardPage({ params, searchParams }: Props) {
  const { locale } = await params;
  const journey = viewOf(await guardPage(locale, 'card'), locale);
  const settings = vaultSettings();
  if (!settings) redirect(pagePath(locale, 'payment'));
  const actions = { save: saveStep.bind(null, locale, 'card'), finish: finishStep.bind(null, locale, 'card') };
  return <CardView journey={journey} actions={actions} settings={settings} notice={readNotice(await searchParams)} />;
}
