import { getMessages, getTranslations } from 'next-intl/server';
import { FUNNEL_STAGES, type FunnelStage } from '@/lib/domain/statistics/statistics';
import { type StepId, steps } from '@/lib/domain/steps';
import { withAgentTexts } from '@/lib/i18n/agent-texts';

/** Returns the short names of the steps and of the review, as an agent reads them. */
export async function getStepLabels(): Promise<Record<StepId | 'review', string>> {
  const { steps: texts, assist } = withAgentTexts(await getMessages());
  const labels = Object.fromEntries(steps.map(({ id }) => [id, texts[id].short]));
  return { ...(labels as Record<StepId, string>), review: assist.handOver.review };
}

/** Returns the names of the funnel's stages, as an agent reads them. */
export async function getStageLabels(): Promise<Record<FunnelStage, string>> {
  const t = await getTranslations('assist.figures.stages');
  const labels = await getStepLabels();
  const entries = FUNNEL_STAGES.map((stage) => [
    stage,
    stage === 'begun' || stage === 'delivered' ? t(stage) : labels[stage],
  ]);
  return Object.fromEntries(entries) as Record<FunnelStage, string>;
}
