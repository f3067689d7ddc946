import { getLocale, getTranslations } from 'next-intl/server';
import { MEXICAN_STATES } from '@/lib/domain/address/mexican-states';
import { lastFour } from '@/lib/domain/card/alias';
import { groupClabe } from '@/lib/domain/clabe/clabe';
import { fieldText } from '@/lib/domain/form-input';
import type { SavedSteps } from '@/lib/domain/journey';
import type { Answers, StepId } from '@/lib/domain/steps';

type Row = { label: string; value: string };
type Props = { answers: Answers; saved: SavedSteps; changePath: (step: StepId) => string };

/** Everything that will be sent, in groups, each with its way back (GOV.UK Design System, check answers). */
export async function AnswerList({ answers, saved, changePath }: Props) {
  const t = await getTranslations('review');
  const titles = await getTranslations('steps');
  const groups = await answerGroups(answers, saved);
  return (
    <div className="grid gap-6">
      {groups.map(({ step, rows }) => (
        <section key={step} className="rounded-control border border-line bg-surface p-5">
          <div className="mb-2 flex items-center justify-between gap-4">
            <h2 className="text-lg font-bold">{titles(`${step}.short`)}</h2>
            <a
              href={changePath(step)}
              aria-label={t('changeWhat', { what: titles(`${step}.short`) })}
              className="inline-flex min-h-11 items-center px-1 underline underline-offset-4"
            >
              {t('change')}
            </a>
          </div>
          <dl className="grid gap-3">
            {rows.map(({ label, value }) => (
              <div key={label} className="sm:grid sm:grid-cols-[11rem_1fr] sm:gap-4">
                <dt className="text-[0.9375rem] text-quiet">{label}</dt>
                <dd className="break-words">{value}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

async function answerGroups({ identity, address, payment, card }: Answers, saved: SavedSteps) {
  const t = await getTranslations('review');
  const tSteps = await getTranslations('steps');
  const locale = await getLocale();
  const filled = (rows: (Row | undefined)[]) => rows.filter((row): row is Row => Boolean(row?.value));
  const groups: { step: StepId; rows: Row[] }[] = [];
  if (identity) {
    const { firstName, middleName, lastName, lastName2, dob, email, gender, birthState } = identity;
    const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
    const rows = filled([
      { label: t('name'), value: [firstName, middleName, lastName, lastName2].filter(Boolean).join(' ') },
      { label: t('dob'), value: date.format(new Date(dob)) },
      { label: t('phoneNumber'), value: fieldText(saved.identity?.input ?? {}, 'phoneNumber').trim() },
      { label: t('email'), value: email ?? '' },
      { label: t('gender'), value: gender ? tSteps(`identity.genders.${gender}`) : '' },
      { label: t('birthState'), value: MEXICAN_STATES.find(({ iso }) => iso === birthState)?.name ?? birthState ?? '' },
    ]);
    groups.push({ step: 'identity', rows });
  }
  if (address) {
    const { address1, address2, city, address3, state, zipCode, countryCode } = address;
    const country = new Intl.DisplayNames(locale, { type: 'region' }).of(countryCode);
    const value = [address1, address2, city, address3, zipCode, state, country].filter(Boolean).join(', ');
    groups.push({ step: 'address', rows: [{ label: t('address'), value }] });
  }
  if (payment) {
    const account = 'ubnParams' in payment ? payment.ubnParams?.number : undefined;
    const rows = filled([
      { label: t('payment'), value: tSteps(`payment.types.${payment.paymentMethodType}`) },
      { label: t('account'), value: account ? groupClabe(account) : '' },
    ]);
    groups.push({ step: 'payment', rows });
  }
  if (card) {
    const { cardNetwork, number, nameOnCard, cardtype } = card.addCardParams;
    const ending = tSteps('card.ending', { network: cardNetwork, last4: lastFour(number) });
    const rows = [
      { label: t('card'), value: `${ending} · ${tSteps(`card.types.${cardtype}`)}` },
      { label: t('nameOnCard'), value: nameOnCard },
    ];
    groups.push({ step: 'card', rows });
  }
  return groups;
}
