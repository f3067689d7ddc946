import { getCurrency } from '../../countries/currencies.ts';
import type { SessionLinkRequest } from '../../session-link-request.ts';
import type { CardAnswer } from './schema.ts';

/** The display name is network and last four digits, as in the vendor's `VISA-1111`. */
export function toCardPayload({ addCardParams }: CardAnswer): Partial<SessionLinkRequest> {
  const { lastFour, ...card } = addCardParams;
  const name = `${card.cardNetwork.toUpperCase()}-${lastFour}`;
  return { addCardParams: { ...card, name, currency: card.country && getCurrency(card.country) } };
}
