import type { PaymentAnswer } from '../payment/schema.ts';
import type { Step } from '../step.ts';
import { type CardAnswer, cardSchema } from './schema.ts';

/**
 * The vault keeps a security code's alias for about an hour (contract, section 8), so a card that waited longer than
 * this for its submission is asked for again.
 */
const STALE_AFTER_MINUTES = 45;

export const cardStep = {
  id: 'card',
  fields: [
    ...['addCardParams.cardtype', 'addCardParams.number', 'addCardParams.expirationDate'],
    ...['addCardParams.securityCode', 'addCardParams.nameOnCard', 'addCardParams.country'],
    ...['addCardParams.cardNetwork', 'addCardParams.lastFour'],
  ],
  schema: cardSchema,
  // Counted as ahead until the customer has said how they pay: a journey that gets shorter annoys nobody.
  appliesTo: ({ payment }: { payment?: PaymentAnswer }, { paymentMethodTypes }) =>
    payment === undefined ? paymentMethodTypes.includes('Card') : payment.paymentMethodType === 'Card',
  staleAfterMinutes: STALE_AFTER_MINUTES,
} satisfies Step<'card', CardAnswer, { payment?: PaymentAnswer }>;
