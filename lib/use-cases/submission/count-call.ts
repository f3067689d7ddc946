import type { CountResult, RateLimitRepository } from '../../store/rate-limits.ts';

type Call = { address: string; draftId: string; phone: string };

/** Counts a call that is about to be made. The phone is that of the composed request, not of what was typed last. */
export const countCall = (
  limits: Pick<RateLimitRepository, 'countAttempts'>,
  { address, draftId, phone }: Call,
): CountResult =>
  limits.countAttempts([
    ['submitAddress', address],
    ['submitDraft', draftId],
    ['submitPhoneAddress', `${phone} ${address}`],
    ['submitPhone', phone],
  ]);
