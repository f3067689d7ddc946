import { lastFour } from '../../card/alias.ts';
import { currencyOf } from '../../countries/countries.ts';
import type { SessionLinkRequest } from '../../session-link-request.ts';
import type { CardAnswer } from './schema.ts';

/** The display name is network and last four, as in the vendor's `VISA-1111`. */
export function cardPayload({ addCardParams }: CardAnswer): Partial<SessionLinkRequest> {
  const { country, cardNetwork, number } = addCardParams;
  const name = `${cardNetwork.toUpperCase()}-${lastFour(number)}`;
  return { addCardParams: { ...addCardParams, name, currency: country && currencyOf(country) } };
}
