import { getTranslations } from 'next-intl/server';
import { Button, buttonVariants } from '@/components/ui/button';
import { type CaseAction, isActionPossible } from '@/lib/domain/assist/allowed-case-actions';
import type { Locale } from '@/lib/i18n/routing';
import { getCasePath } from '@/lib/use-cases/agent/console-paths';
import { handOver, stopHandOver } from '../../../case-actions';
import type { CaseProgress } from './case-status';

type Props = {
  locale: Locale;
  caseId: string;
  progress: CaseProgress;
  isAvailable: (action: CaseAction) => boolean;
};

/** Shows the buttons of the actions that the case's state allows. */
export async function CaseButtons({ locale, caseId, progress: { state, step }, isAvailable }: Props) {
  const t = await getTranslations('assist.handOver');
  const isDone = !isActionPossible('case.fill', state);
  return (
    <div className="mt-6 grid gap-4">
      {isAvailable('case.stop') ? (
        <form action={stopHandOver.bind(null, locale, caseId)}>
          <Button type="submit" kind="secondary">
            {t('stop')}
          </Button>
        </form>
      ) : null}
      {isAvailable('case.handOver') ? (
        <form action={handOver.bind(null, locale, caseId)}>
          <Button type="submit">{t('begin')}</Button>
        </form>
      ) : null}
      {isAvailable('case.fill') ? (
        <a href={getCasePath(locale, caseId, step)} className={buttonVariants('secondary')}>
          {t('back')}
        </a>
      ) : null}
      {isAvailable('case.close') ? (
        <form method="post" action="/assist/next">
          <input type="hidden" name="lang" value={locale} />
          <input type="hidden" name="case" value={caseId} />
          <Button type="submit" kind={isDone ? 'primary' : 'secondary'}>
            {t(isDone || state === 'refused' ? 'next' : 'leave')}
          </Button>
        </form>
      ) : null}
    </div>
  );
}
