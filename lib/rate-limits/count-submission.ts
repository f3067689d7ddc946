import type { CountResult, RateLimitRepository } from '../store/rate-limit-counters.ts';

type Call = { address: string; draftId: string; phone: string };

/** Counts a call to the upstream before it is made. The phone is that of the request, not of the form posted last. */
export const countSubmission = (
  limits: Pick<RateLimitRepository, 'countAttempts'>,
  { address, draftId, phone }: Call,
): CountResult =>
  limits.countAttempts([
    ['submitAddress', address],
    ['submitDraft', draftId],
    ['submitPhoneAddress', `${phone} ${address}`],
    ['submitPhone', phone],
  ]);
