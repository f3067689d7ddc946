import { getLocale, getTranslations } from 'next-intl/server';
import { Fragment, type ReactNode } from 'react';
import { Value } from '@/components/ui/value';
import { groupClabe } from '@/lib/domain/account/clabe';
import { formatState } from '@/lib/domain/address/states';
import type { PaymentMethodType } from '@/lib/domain/journey-context';
import type { Answers, StepId } from '@/lib/domain/steps';
import { findBankByClabe } from '@/lib/reference-data/find-bank-by-clabe';
import { formatPhone } from '@/lib/reference-data/format-phone';

/** An answer: `values` as the customer gave them, one after the other, or `words` of ours for it. */
type Row = { label: string; values?: readonly (string | undefined)[]; words?: string };
type Props = {
  answers: Answers;
  /** Where an answer is changed; undefined when nobody was asked for it, or nobody may change it. */
  getChangePath: (step: StepId) => string | undefined;
};

/** Everything that will be sent, in groups, each with its way back (GOV.UK Design System, check answers). */
export async function AnswerList({ answers, getChangePath }: Props) {
  const t = await getTranslations('review');
  const tSteps = await getTranslations('steps');
  const groups = await buildAnswerGroups(answers);
  return (
    <div className="grid gap-6">
      {groups.map(({ step, rows }) => (
        <section key={step} className="rounded-control border border-line bg-surface p-5">
          <div className="mb-2 flex min-h-11 items-center justify-between gap-4">
            <h2 className="text-lg font-bold">{tSteps(`${step}.short`)}</h2>
            <ChangeLink
              href={getChangePath(step)}
              label={t('changeWhat', { what: tSteps(`${step}.short`) })}
              text={t('change')}
            />
          </div>
          <dl className="grid gap-3">
            {rows.map(({ label, values = [], words }) => (
              <div key={label} className="sm:grid sm:grid-cols-[11rem_1fr] sm:gap-4">
                <dt className="text-[0.9375rem] text-quiet">{label}</dt>
                <dd className="wrap-anywhere">{words ?? <Values values={values} />}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

function ChangeLink({ href, label, text }: { href: string | undefined; label: string; text: string }) {
  if (!href) return null;
  return (
    <a href={href} aria-label={label} className="inline-flex min-h-11 items-center px-1 underline underline-offset-4">
      {text}
    </a>
  );
}

const Values = ({ values }: { values: readonly (string | undefined)[] }) =>
  values.filter(Boolean).map((value = '', index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: two lines of an address may be the same
    <Fragment key={index}>
      {index > 0 ? <span>, </span> : null}
      <Value>{renderBreakable(value)}</Value>
    </Fragment>
  ));

/** An address that has to be broken is broken at its sign. */
function renderBreakable(text: string): ReactNode {
  const [before, after] = text.split('@');
  return after === undefined ? (
    text
  ) : (
    <>
      <span>{`${before}@`}</span>
      <wbr />
      <span>{after}</span>
    </>
  );
}

/** These two are finished behind the link. */
const isFinishedAfterLink = (type: PaymentMethodType): type is 'BankAccount' | 'DigitalWallet' =>
  type === 'BankAccount' || type === 'DigitalWallet';

async function buildAnswerGroups({ identity, address, payment, card }: Answers) {
  const t = await getTranslations('review');
  const tSteps = await getTranslations('steps');
  const locale = await getLocale();
  const filterFilled = (rows: Row[]) => rows.filter(({ values = [], words }) => words || values.some(Boolean));
  const groups: { step: StepId; rows: Row[] }[] = [];
  if (identity) {
    const { firstName, middleName, lastName, lastName2, dob, phoneNumber, email, gender, birthState } = identity;
    const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
    const rows = filterFilled([
      { label: t('name'), values: [[firstName, middleName, lastName, lastName2].filter(Boolean).join(' ')] },
      { label: t('dob'), words: date.format(new Date(dob)) },
      { label: t('phoneNumber'), values: [formatPhone(phoneNumber)] },
      { label: t('email'), values: [email] },
      { label: t('gender'), words: gender ? tSteps(`identity.genders.${gender}`) : '' },
      { label: t('birthState'), values: [birthState && formatState(birthState.slice(0, 2), birthState, 'name')] },
    ]);
    groups.push({ step: 'identity', rows });
  }
  if (address) {
    const { address1, address2, city, address3, state, zipCode, countryCode } = address;
    const country = new Intl.DisplayNames(locale, { type: 'region' }).of(countryCode);
    const values = [address1, address2, city, address3, zipCode, state, country];
    groups.push({ step: 'address', rows: [{ label: t('address'), values }] });
  }
  if (payment) {
    const ubn = 'ubnParams' in payment ? payment.ubnParams : undefined;
    const bank = ubn?.country === 'MX' ? findBankByClabe(ubn.number) : undefined;
    const rows = filterFilled([
      { label: t('payment'), words: tSteps(`payment.types.${payment.paymentMethodType}`) },
      { label: t('account'), values: [ubn && groupClabe(ubn.number)] },
      { label: t('bank'), words: bank?.label ?? '' },
      {
        label: t('next'),
        words: isFinishedAfterLink(payment.paymentMethodType)
          ? tSteps(`payment.next.${payment.paymentMethodType}`)
          : '',
      },
    ]);
    groups.push({ step: 'payment', rows });
  }
  if (card) {
    const { cardNetwork, lastFour: last4, nameOnCard, cardtype } = card.addCardParams;
    const ending = tSteps('card.ending', { network: cardNetwork, last4 });
    const rows = [
      { label: t('card'), words: `${ending} · ${tSteps(`card.types.${cardtype}`)}` },
      { label: t('nameOnCard'), values: [nameOnCard] },
    ];
    groups.push({ step: 'card', rows });
  }
  return groups;
}
