import { mayBeAccount } from '../../account/account.ts';
import { always, type Step } from '../step.ts';
import { type PaymentAnswer, paymentSchema } from './schema.ts';

export const paymentStep = {
  id: 'payment',
  fields: ['paymentMethodType', 'ubnParams.number'],
  schema: paymentSchema,
  appliesTo: always,
  // One way offered is no question; an account still has to say its number.
  implied: ({ paymentMethodTypes: [only, ...others] }) =>
    only !== undefined && only !== 'UBN' && others.length === 0 ? { paymentMethodType: only } : undefined,
  ownNumbers: { 'ubnParams.number': (text, { country }) => mayBeAccount(text, country) },
} satisfies Step<'payment', PaymentAnswer>;
