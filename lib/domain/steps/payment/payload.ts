import type { Spelling } from '../../journey-context.ts';
import type { SessionLinkRequest } from '../../session-link-request.ts';
import type { PaymentAnswer } from './schema.ts';

/** Only the object that belongs to the type goes along (contract, section 4). */
export function toPaymentPayload(answer: PaymentAnswer, { getBankName }: Spelling): Partial<SessionLinkRequest> {
  if (!('ubnParams' in answer) || !answer.ubnParams) return answer;
  return { ...answer, ubnParams: { ...answer.ubnParams, bankName: getBankName?.(answer.ubnParams.number) } };
}
