import type { Spelling } from '../../journey-context.ts';
import { spellPhone } from '../../phone/phone.ts';
import type { SessionLinkRequest } from '../../session-link-request.ts';
import type { IdentityAnswer } from './schema.ts';

export function identityPayload(answer: IdentityAnswer, spelling: Spelling): Partial<SessionLinkRequest> {
  return { ...answer, phoneNumber: spellPhone(answer.phoneNumber, spelling) };
}
