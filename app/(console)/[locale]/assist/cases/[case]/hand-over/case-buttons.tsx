import { getTranslations } from 'next-intl/server';
import { isPlainStep } from '@/components/steps/plain-step';
import { Button, buttonVariants } from '@/components/ui/button';
import { isActionPossible } from '@/lib/domain/assist/allowed-case-actions';
import { getCasePath } from '@/lib/use-cases/agent/console-paths';
import { handOver } from '../../../case-actions';
import { CloseCase } from '../close-case';
import type { CaseStatusView } from '../load-case-status';

/** Shows the buttons of the actions that the case's state allows. What ends something is in the header's menu. */
export async function CaseButtons({
  locale,
  access: { caseRecord, journey },
  progress: { state, step },
  isAvailable,
}: CaseStatusView) {
  const t = await getTranslations('assist');
  // Card and review are the customer's: the agent goes back to the last step before them.
  const agentStep = isPlainStep(step) ? step : journey.progress.path.findLast(isPlainStep);
  const isDone = !isActionPossible('case.fill', state);
  return (
    <div className="mt-4 grid gap-3">
      {isAvailable('case.handOver') ? (
        <form action={handOver.bind(null, locale, caseRecord.id, 'hand-over')}>
          <Button type="submit">{t('handOver.begin')}</Button>
        </form>
      ) : null}
      {agentStep && isAvailable('case.fill') ? (
        <a href={getCasePath(locale, caseRecord.id, agentStep)} className={buttonVariants('secondary')}>
          {t('handOver.back')}
        </a>
      ) : null}
      {isDone && isAvailable('case.close') ? (
        <CloseCase locale={locale} caseId={caseRecord.id} label={t('next')} />
      ) : null}
    </div>
  );
}
