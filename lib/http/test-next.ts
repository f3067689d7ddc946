/** Stand-ins for Next.js in unit tests: `vi.mock('next/headers', async () => (await import('…/test-next.ts')).nextHeaders)`. */
type Cookie = { name: string; value: string };
type CookieOptions = { maxAge?: number };

/** The cookies and the request headers of a test's browser, and the options of the cookies that the server set last. */
export const browser = {
  cookies: new Map<string, string>(),
  options: new Map<string, CookieOptions>(),
  headers: new Headers(),
};

const listCookies = (): Cookie[] => [...browser.cookies].map(([name, value]) => ({ name, value }));

function setCookie(name: string, value: string, options: CookieOptions): void {
  browser.options.set(name, options);
  if (options.maxAge === 0) browser.cookies.delete(name);
  else browser.cookies.set(name, value);
}

export const nextHeaders = {
  headers: async () => browser.headers,
  cookies: async () => ({
    get: (name: string) => listCookies().find((cookie) => cookie.name === name),
    getAll: listCookies,
    set: setCookie,
  }),
};

const backgroundWork: Promise<unknown>[] = [];

export const nextServer = { after: (work: Promise<unknown>) => backgroundWork.push(work) };

/** Waits for the work that was scheduled for after the response. */
export async function finishBackgroundWork(): Promise<void> {
  await Promise.all(backgroundWork.splice(0));
}
