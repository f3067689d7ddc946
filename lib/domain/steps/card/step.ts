import { MAX_ALIAS } from '../../card/alias.ts';
import { MAX_CHOICE, MAX_NAME } from '../../text/text.ts';
import type { PaymentAnswer } from '../payment/schema.ts';
import type { Step } from '../step.ts';
import { type CardAnswer, cardSchema } from './schema.ts';

/**
 * The vault keeps a security code's alias for about an hour (contract, section 8), so a card that waited longer than
 * this for its submission is asked for again.
 */
const STALE_AFTER_MINUTES = 45;

const maxLengths = {
  'addCardParams.cardtype': MAX_CHOICE,
  'addCardParams.number': MAX_ALIAS,
  'addCardParams.expirationDate': MAX_CHOICE,
  'addCardParams.securityCode': MAX_ALIAS,
  'addCardParams.nameOnCard': MAX_NAME,
  'addCardParams.country': MAX_CHOICE,
  'addCardParams.cardNetwork': MAX_CHOICE,
  'addCardParams.lastFour': MAX_CHOICE,
};

export const cardStep = {
  id: 'card',
  maxLengths,
  fields: Object.keys(maxLengths),
  schema: cardSchema,
  // Counted as ahead until the customer has said how they pay: a journey that gets shorter annoys nobody.
  appliesTo: ({ payment }: { payment?: PaymentAnswer }, { paymentMethodTypes }) =>
    payment === undefined ? paymentMethodTypes.includes('Card') : payment.paymentMethodType === 'Card',
  staleAfterMinutes: STALE_AFTER_MINUTES,
} satisfies Step<'card', CardAnswer, { payment?: PaymentAnswer }>;
