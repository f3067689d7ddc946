import 'server-only';
import { headers } from 'next/headers';

/** The address of whoever asks, as `lib/server/forwarded-headers.ts` has written it: no other's word is in there. */
export const getClientIp = async (): Promise<string> => (await headers()).get('x-forwarded-for') ?? 'unknown';
