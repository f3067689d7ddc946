import { mayBeAccount } from '../../account/account.ts';
import { MAX_CHOICE } from '../../text/text.ts';
import { always, type Step } from '../step.ts';
import { MAX_ACCOUNT, type PaymentAnswer, paymentSchema } from './schema.ts';

const maxLengths = { paymentMethodType: MAX_CHOICE, 'ubnParams.number': MAX_ACCOUNT };

export const paymentStep = {
  id: 'payment',
  maxLengths,
  fields: Object.keys(maxLengths),
  schema: paymentSchema,
  appliesTo: always,
  // One way offered is no question; an account still has to say its number.
  implied: ({ paymentMethodTypes: [only, ...others] }) =>
    only !== undefined && only !== 'UBN' && others.length === 0 ? { paymentMethodType: only } : undefined,
  ownNumbers: { 'ubnParams.number': (text, { country }) => mayBeAccount(text, country) },
} satisfies Step<'payment', PaymentAnswer>;
