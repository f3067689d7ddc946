import type { SessionLinkRequest } from '../../session-link-request.ts';
import type { PaymentAnswer } from './schema.ts';

export const paymentPayload = (answer: PaymentAnswer): Partial<SessionLinkRequest> => answer;
