import { getTranslations } from 'next-intl/server';
import { Button, buttonVariants } from '@/components/ui/button';
import type { CaseOutcome as Outcome } from '@/lib/domain/assist/case-state';
import type { Locale } from '@/lib/domain/locale';
import type { EnrolmentState } from '@/lib/domain/upstream-responses/catalogue';
import { SpokenText } from './spoken-text';

type Props = {
  outcome: Outcome;
  lang: Locale;
  brandName: string;
  reference: string;
  /** The upstream's short reason, for agents with the compliance role only. */
  cause: string | undefined;
  /** The path on which the agent reviews the answers. */
  correctionPath: string | undefined;
  /** Looks up the customer's state at the upstream. */
  checkStatus: (() => Promise<void>) | undefined;
  enrolment: EnrolmentState | 'failed' | undefined;
};

/** The result of a case for the agent, the sentence for the customer, and the next action. */
export async function CaseOutcome({
  outcome,
  lang,
  brandName,
  reference,
  cause,
  correctionPath,
  checkStatus,
  enrolment,
}: Props) {
  const t = await getTranslations('assist.outcome');
  const tAssist = await getTranslations('assist');
  const tCustomer = await getTranslations({ locale: lang, namespace: 'spoken.outcome' });
  return (
    <>
      <title>{t(`${outcome}.title`)}</title>
      <h1>{t(`${outcome}.title`)}</h1>
      <p className="mt-4 mb-6">{t(`${outcome}.text`, { brand: brandName, reference })}</p>
      <SpokenText lang={lang} cue={tAssist('say')}>
        {tCustomer(outcome)}
      </SpokenText>
      {cause ? <p className="my-4 rounded-control border border-line px-4 py-3">{t('reason', { cause })}</p> : null}
      {outcome === 'refused' && correctionPath ? (
        <a href={correctionPath} className={`${buttonVariants()} mt-4`}>
          {t('refused.action')}
        </a>
      ) : null}
      {enrolment ? (
        <p role="status" className="my-4 font-medium">
          {t(`enrolment.${enrolment}`)}
        </p>
      ) : null}
      {checkStatus ? (
        <form action={checkStatus} className="mt-4">
          <Button type="submit" kind="secondary">
            {t('ask')}
          </Button>
        </form>
      ) : null}
    </>
  );
}
