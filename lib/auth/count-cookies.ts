import 'server-only';
import { cookies } from 'next/headers';

/** Counts the cookies of this server that the browser sent. All of their names have the `__Host-` prefix. */
export const countCookies = async (): Promise<number> =>
  (await cookies()).getAll().filter(({ name }) => name.startsWith('__Host-')).length;
