import type { Spelling } from '../../journey-context.ts';
import type { SessionLinkRequest } from '../../session-link-request.ts';
import type { PaymentAnswer } from './schema.ts';

/** Sends only the object that belongs to the type (docs/vendor-notes.md#5-raas-payment-methods). */
export function toPaymentPayload(answer: PaymentAnswer, { getBankName }: Spelling): Partial<SessionLinkRequest> {
  if (!('ubnParams' in answer) || !answer.ubnParams) return answer;
  return { ...answer, ubnParams: { ...answer.ubnParams, bankName: getBankName?.(answer.ubnParams.number) } };
}
