import { MAX_ALIAS_LENGTH } from '../../card/alias.ts';
import { MAX_CHOICE_LENGTH, MAX_NAME_LENGTH } from '../../text/max-lengths.ts';
import type { PaymentAnswer } from '../payment/schema.ts';
import type { Step } from '../step.ts';
import type { CardAnswer } from './schema.ts';

/**
 * The vault deletes a security code's alias after about an hour (docs/vendor-notes.md#13-vgs-aliases), so the app asks again
 * for an older card.
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
  loadSchema: async () => (await import('./schema.ts')).createCardSchema,
  // The step counts until the customer has chosen a payment method: the number of steps may only get smaller.
  isApplicable: ({ payment }: { payment?: PaymentAnswer }, { paymentMethodTypes }) =>
    payment === undefined ? paymentMethodTypes.includes('Card') : payment.paymentMethodType === 'Card',
  staleAfterMinutes: STALE_AFTER_MINUTES,
} satisfies Step<'card', CardAnswer, { payment?: PaymentAnswer }>;
