import { MAX_ALIAS_LENGTH } from '../../card/alias.ts';
import { MAX_CHOICE_LENGTH, MAX_NAME_LENGTH } from '../../text/text-schemas.ts';
import type { PaymentAnswer } from '../payment/schema.ts';
import type { Step } from '../step.ts';
import { type CardAnswer, createCardSchema } from './schema.ts';

/**
 * The vault keeps a security code's alias for about an hour (contract, section 8), so a card that waited longer than
 * this for its submission is asked for again.
 */
const STALE_AFTER_MINUTES = 45;

const maxLengths = {
  'addCardParams.cardtype': MAX_CHOICE_LENGTH,
  'addCardParams.number': MAX_ALIAS_LENGTH,
  'addCardParams.expirationDate': MAX_CHOICE_LENGTH,
  'addCardParams.securityCode': MAX_ALIAS_LENGTH,
  'addCardParams.nameOnCard': MAX_NAME_LENGTH,
  'addCardParams.country': MAX_CHOICE_LENGTH,
  'addCardParams.cardNetwork': MAX_CHOICE_LENGTH,
  'addCardParams.lastFour': MAX_CHOICE_LENGTH,
};

export const cardStep = {
  id: 'card',
  maxLengths,
  fields: Object.keys(maxLengths),
  schema: createCardSchema,
  // Counted as ahead until the customer has said how they pay: a journey that gets shorter annoys nobody.
  isApplicable: ({ payment }: { payment?: PaymentAnswer }, { paymentMethodTypes }) =>
    payment === undefined ? paymentMethodTypes.includes('Card') : payment.paymentMethodType === 'Card',
  staleAfterMinutes: STALE_AFTER_MINUTES,
} satisfies Step<'card', CardAnswer, { payment?: PaymentAnswer }>;
