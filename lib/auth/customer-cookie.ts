import 'server-only';
import { cookies } from 'next/headers';
import { isFramedVisit } from '../http/framed-visit.ts';
import { COOKIE_OPTIONS } from './cookie-options.ts';

/**
 * Browsers keep third-party cookies only apart for each top-level site (CHIPS, `Partitioned`), and only with `SameSite=None`. The
 * partition and `lib/http/request-validation.ts` keep other sites' requests from using them (docs/decisions/0162-cookies-in-frames.md).
 */
const FRAMED_OPTIONS = { ...COOKIE_OPTIONS, sameSite: 'none', partitioned: true } as const;

/**
 * Creates a cookie of customer pages. In a partner's frame it has another name, so that the frame and a page of the whole window never
 * read each other's.
 *
 * @param name without the prefix `__Host-`, which binds the cookie to this host and to TLS (RFC 6265bis, 4.1.3.2; browsers treat
 * `http://localhost` as secure)
 */
export function createCustomerCookie(name: string, maxAgeSeconds: number) {
  async function getPlace() {
    const isFramed = await isFramedVisit();
    return {
      name: isFramed ? `__Host-framed-${name}` : `__Host-${name}`,
      options: isFramed ? FRAMED_OPTIONS : COOKIE_OPTIONS,
    };
  }
  async function set(value: string, maxAge: number): Promise<void> {
    const place = await getPlace();
    (await cookies()).set(place.name, value, { ...place.options, maxAge });
  }
  return {
    read: async (): Promise<string | undefined> => (await cookies()).get((await getPlace()).name)?.value,
    write: (value: string): Promise<void> => set(value, maxAgeSeconds),
    remove: (): Promise<void> => set('', 0),
  };
}
