import { getTranslations } from 'next-intl/server';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Value } from '@/components/ui/value';
import type { Locale } from '@/lib/i18n/routing';
import { formatPhone } from '@/lib/reference-data/format-phone';
import type { HistoryEntry } from '@/lib/store/submission-admin';

const DECISIONS = ['delivered', 'refused', 'again'] as const;

type Props = {
  locale: Locale;
  timeZone: string;
  reference: string;
  customer: { name: string; phone: string };
  story: readonly HistoryEntry[];
  /** The error of the posted decision. */
  problem: string | undefined;
  decide: (form: FormData) => Promise<void>;
};

/** A submission that needs review: its customer, its history and the supervisor's decisions. */
export async function NeedsReviewCase({
  locale,
  timeZone,
  reference,
  customer,
  story: history,
  problem,
  decide,
}: Props) {
  const t = await getTranslations('assist.parked');
  const times = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'medium', timeZone });
  const isAwaitingReview = history.at(-1)?.state === 'parked';
  return (
    <section className="rounded-control border border-line p-5" aria-label={t('reference', { reference })}>
      <h2 className="text-lg font-bold">
        <Value>{customer.name || formatPhone(customer.phone)}</Value>
      </h2>
      <p className="text-quiet">{t('reference', { reference })}</p>
      <h3 className="mt-4 font-semibold">{t('story')}</h3>
      <ol className="mb-4 text-[0.9375rem]">
        {history.map(({ at: time, state, cause }) => (
          <li key={`${time.toISOString()} ${state}`} className="wrap-anywhere">
            <span className="tabular-nums text-quiet">{`${times.format(time)} `}</span>
            <span>{t(`states.${state}`)}</span>
            {cause ? <span className="text-quiet">{` (${cause})`}</span> : null}
          </li>
        ))}
      </ol>
      {isAwaitingReview ? (
        <DecisionForm reference={reference} problem={problem} decide={decide} />
      ) : (
        <p className="text-quiet">{t('finding')}</p>
      )}
    </section>
  );
}

/** The supervisor's decision about the submission, with a box that confirms it. */
async function DecisionForm({ reference, problem, decide }: Pick<Props, 'reference' | 'problem' | 'decide'>) {
  const t = await getTranslations('assist.parked');
  return (
    <form action={decide} className="grid gap-4">
      {problem ? <Alert className="font-medium">{problem}</Alert> : null}
      <input type="hidden" name="reference" value={reference} />
      <fieldset className="grid gap-2">
        <legend className="sr-only">{t('decide')}</legend>
        {DECISIONS.map((decision) => (
          <label key={decision} className="flex min-h-11 cursor-pointer items-center gap-4">
            <input type="radio" name="decision" value={decision} className="size-5 shrink-0 accent-accent" />
            <span>{t(`decisions.${decision}`)}</span>
          </label>
        ))}
      </fieldset>
      <label className="flex min-h-11 cursor-pointer items-center gap-4">
        <input type="checkbox" name="isSure" value="yes" className="size-5 shrink-0 accent-accent" />
        <span>{t('sure')}</span>
      </label>
      <Button type="submit" kind="secondary">
        {t('decide')}
      </Button>
    </form>
  );
}
