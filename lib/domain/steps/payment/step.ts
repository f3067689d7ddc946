import { canBeAccount } from '../../account/account.ts';
import { MAX_ACCOUNT_LENGTH, MAX_CHOICE_LENGTH } from '../../text/max-lengths.ts';
import { isAlwaysApplicable, type Step } from '../step.ts';
import type { PaymentAnswer } from './schema.ts';

const maxLengths = { paymentMethodType: MAX_CHOICE_LENGTH, 'ubnParams.number': MAX_ACCOUNT_LENGTH };

export const paymentStep = {
  id: 'payment',
  maxLengths,
  fields: Object.keys(maxLengths),
  loadSchema: async () => (await import('./schema.ts')).createPaymentSchema,
  isApplicable: isAlwaysApplicable,
  // A single method is no question, except an account, whose number is needed.
  getImpliedForm: ({ paymentMethodTypes: [onlyMethod, ...otherMethods] }) =>
    onlyMethod !== undefined && onlyMethod !== 'UBN' && otherMethods.length === 0
      ? { paymentMethodType: onlyMethod }
      : undefined,
  ownNumbers: { 'ubnParams.number': (text, { country }) => canBeAccount(text, country) },
} satisfies Step<'payment', PaymentAnswer>;
