import 'server-only';
import { headers } from 'next/headers';

/** Returns the client's address, which only `lib/server/forwarded-headers.ts` writes into this header. */
export const getClientIp = async (): Promise<string> => (await headers()).get('x-forwarded-for') ?? 'unknown';
