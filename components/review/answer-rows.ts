import { getLocale, getTranslations } from 'next-intl/server';
import { groupClabe } from '@/lib/domain/account/clabe';
import { getStateName } from '@/lib/domain/address/states';
import type { PaymentMethodType } from '@/lib/domain/journey-context';
import { type Answers, type StepId, steps } from '@/lib/domain/steps';
import { findBankByClabe } from '@/lib/reference-data/find-bank-by-clabe';
import { formatPhone } from '@/lib/reference-data/format-phone';

/**
 * An answer: `values` as the customer gave them, one after the other, or `words` of ours for it. Without `isLabelShown` only
 * screen readers get the label, because the answer explains itself.
 */
export type AnswerRow = {
  label: string;
  isLabelShown?: boolean;
  values?: readonly (string | undefined)[];
  words?: string;
  /** Tells the customer what follows from the answer. */
  isHint?: boolean;
};
export type AnswerGroup = {
  step: StepId;
  /** The steps that the group shows; the first one that may be changed is the target of its link. */
  steps: readonly StepId[];
  rows: AnswerRow[];
};

const loadTexts = async () => ({
  t: await getTranslations('review'),
  tSteps: await getTranslations('steps'),
  locale: await getLocale(),
});
type Texts = Awaited<ReturnType<typeof loadTexts>>;

/** These two are finished behind the link. */
const isFinishedAfterLink = (type: PaymentMethodType): type is 'BankAccount' | 'DigitalWallet' =>
  type === 'BankAccount' || type === 'DigitalWallet';

/** The rows of each step's answer. The customer consents to what they show, so a step without rows does not compile. */
const ROW_BUILDERS: {
  [Id in StepId]: (answer: NonNullable<Answers[Id]>, texts: Texts, answers: Answers) => AnswerRow[];
} = {
  identity(answer, { t, tSteps, locale }) {
    const { firstName, middleName, lastName, lastName2, dob, phoneNumber, email, gender, birthState } = answer;
    const birthStateName = birthState && getStateName(birthState.slice(0, 2), birthState);
    const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
    return [
      { label: t('name'), values: [[firstName, middleName, lastName, lastName2].filter(Boolean).join(' ')] },
      { label: t('dob'), words: date.format(new Date(dob)) },
      { label: t('phoneNumber'), values: [formatPhone(phoneNumber)] },
      { label: t('email'), values: [email] },
      { label: t('gender'), words: gender ? tSteps(`identity.genders.${gender}`) : '' },
      { label: t('birthState'), isLabelShown: true, values: [birthStateName] },
    ];
  },

  address({ address1, address2, city, address3, state, zipCode, countryCode }, { t, locale }) {
    const country = new Intl.DisplayNames(locale, { type: 'region' }).of(countryCode);
    const stateName = getStateName(countryCode, state);
    // Mexico City is a municipality's and a state's name at once.
    const places = [city, address3 === stateName ? undefined : address3, zipCode, stateName, country];
    return [
      { label: t('address'), values: [address1, address2] },
      { label: t('place'), values: places },
    ];
  },

  payment(answer, { t, tSteps }, { card }) {
    const { paymentMethodType } = answer;
    const ubn = 'ubnParams' in answer ? answer.ubnParams : undefined;
    const bank = ubn?.country === 'MX' ? findBankByClabe(ubn.number) : undefined;
    return [
      // A card's own row says so.
      { label: t('payment'), words: card ? '' : tSteps(`payment.types.${paymentMethodType}`) },
      { label: t('account'), isLabelShown: true, values: [ubn && groupClabe(ubn.number)] },
      { label: t('bank'), words: bank?.label ?? '' },
      {
        label: t('next'),
        isHint: true,
        words: isFinishedAfterLink(paymentMethodType) ? tSteps(`payment.next.${paymentMethodType}`) : '',
      },
    ];
  },

  card({ addCardParams: { cardNetwork, lastFour, nameOnCard, cardtype } }, { t, tSteps }) {
    const ending = tSteps('card.ending', { network: cardNetwork, last4: lastFour });
    return [
      { label: t('card'), words: `${ending} · ${tSteps(`card.types.${cardtype}`)}` },
      { label: t('nameOnCard'), isLabelShown: true, values: [nameOnCard] },
    ];
  },
};

function buildRows<Id extends StepId>(id: Id, answers: Answers, texts: Texts): AnswerRow[] {
  const answer = answers[id];
  if (!answer) return [];
  return ROW_BUILDERS[id](answer, texts, answers).filter(({ values = [], words }) => words || values.some(Boolean));
}

/** Builds the groups of the review page, in the order of the steps. A card is shown as the payment that it is. */
export async function buildAnswerGroups(answers: Answers): Promise<AnswerGroup[]> {
  const texts = await loadTexts();
  const build = (step: StepId, groupSteps: readonly StepId[]): AnswerGroup => ({
    step,
    steps: groupSteps,
    rows: groupSteps.flatMap((id) => buildRows(id, answers, texts)),
  });
  return steps
    .filter(({ id }) => id !== 'card')
    .map(({ id }) => build(id, id === 'payment' ? ['payment', 'card'] : [id]))
    .filter(({ rows }) => rows.length > 0);
}
