import type { Spelling } from '../../journey-context.ts';
import type { SessionLinkRequest } from '../../session-link-request.ts';
import type { PaymentAnswer } from './schema.ts';

/** Only the object that belongs to the type goes along (contract, section 4). */
export function paymentPayload(answer: PaymentAnswer, { bankNameOf }: Spelling): Partial<SessionLinkRequest> {
  if (!('ubnParams' in answer) || !answer.ubnParams) return answer;
  return { ...answer, ubnParams: { ...answer.ubnParams, bankName: bankNameOf?.(answer.ubnParams.number) } };
}
