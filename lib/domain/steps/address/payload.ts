import { formatState } from '../../address/states.ts';
import type { Spelling } from '../../journey-context.ts';
import type { SessionLinkRequest } from '../../session-link-request.ts';
import type { AddressAnswer } from './schema.ts';

/** `placeDetail` is a JSON string, not an object (docs/vendor-notes.md#1-raas-request). */
export function toAddressPayload(answer: AddressAnswer, spelling: Spelling): Partial<SessionLinkRequest> {
  const { picked, ...lines } = { picked: undefined, ...answer };
  const state = formatState(lines.countryCode, lines.state, spelling.state);
  if (!picked) return { ...lines, state };
  const { place, latitude, longitude } = picked;
  return { ...lines, state, placeDetail: JSON.stringify(place), latitude, longitude };
}
