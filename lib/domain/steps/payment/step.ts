import { always, type Step } from '../step.ts';
import { paymentPayload } from './payload.ts';
import { type PaymentAnswer, paymentSchema } from './schema.ts';

export const paymentStep = {
  id: 'payment',
  fields: ['paymentMethodType', 'ubnParams.number'],
  schema: paymentSchema,
  appliesTo: always,
  toPayload: paymentPayload,
} satisfies Step<'payment', PaymentAnswer>;
