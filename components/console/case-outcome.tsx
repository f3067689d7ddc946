import { getTranslations } from 'next-intl/server';
import { Button, buttonLook } from '@/components/ui/button';
import type { CaseOutcome as Outcome } from '@/lib/domain/assist/case-state';
import type { Enrolment } from '@/lib/domain/upstream-responses/catalogue';
import { Say } from './say';

type Props = {
  outcome: Outcome;
  lang: 'en' | 'es';
  brandName: string;
  reference: string;
  /** For compliance alone: the upstream's own short reason. */
  cause: string | undefined;
  /** Where the answers are gone through again. */
  mendPath: string | undefined;
  /** Asks the upstream how far the customer is. */
  ask: (() => Promise<void>) | undefined;
  enrolment: Enrolment | 'failed' | undefined;
};

/** What became of a case, in the agent's words, what to tell the customer, in theirs, and the one thing to do next. */
export async function CaseOutcome({ outcome, lang, brandName, reference, cause, mendPath, ask, enrolment }: Props) {
  const t = await getTranslations('assist.outcome');
  const tAssist = await getTranslations('assist');
  const theirs = await getTranslations({ locale: lang, namespace: 'spoken.outcome' });
  return (
    <>
      <title>{t(`${outcome}.title`)}</title>
      <h1>{t(`${outcome}.title`)}</h1>
      <p className="mt-4 mb-6">{t(`${outcome}.text`, { brand: brandName, reference })}</p>
      <Say lang={lang} cue={tAssist('say')}>
        {theirs(outcome)}
      </Say>
      {cause ? <p className="my-4 rounded-control border border-line px-4 py-3">{t('reason', { cause })}</p> : null}
      {outcome === 'refused' && mendPath ? (
        <a href={mendPath} className={`${buttonLook()} mt-4`}>
          {t('refused.action')}
        </a>
      ) : null}
      {enrolment ? (
        <p role="status" className="my-4 font-medium">
          {t(`enrolment.${enrolment}`)}
        </p>
      ) : null}
      {ask ? (
        <form action={ask} className="mt-4">
          <Button type="submit" kind="secondary">
            {t('ask')}
          </Button>
        </form>
      ) : null}
    </>
  );
}
