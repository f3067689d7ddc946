import { spellState } from '../../address/states.ts';
import type { Spelling } from '../../journey-context.ts';
import { spellPhone } from '../../phone/phone.ts';
import type { SessionLinkRequest } from '../../session-link-request.ts';
import type { IdentityAnswer } from './schema.ts';

export function identityPayload(answer: IdentityAnswer, spelling: Spelling): Partial<SessionLinkRequest> {
  const { birthState, phoneNumber } = answer;
  const [country = ''] = birthState?.split('-') ?? [];
  return {
    ...answer,
    phoneNumber: spellPhone(phoneNumber, spelling),
    birthState: birthState && spellState(country, birthState, spelling.birthState),
  };
}
