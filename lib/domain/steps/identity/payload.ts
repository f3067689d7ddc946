import { formatState } from '../../address/states.ts';
import type { Spelling } from '../../journey-context.ts';
import { formatUpstreamPhone } from '../../phone/phone.ts';
import type { SessionLinkRequest } from '../../session-link-request.ts';
import type { IdentityAnswer } from './schema.ts';

export function toIdentityPayload(answer: IdentityAnswer, spelling: Spelling): Partial<SessionLinkRequest> {
  const { birthState, phoneNumber } = answer;
  const [country = ''] = birthState?.split('-') ?? [];
  return {
    ...answer,
    phoneNumber: formatUpstreamPhone(phoneNumber, spelling),
    birthState: birthState && formatState(country, birthState, spelling.birthState),
  };
}
