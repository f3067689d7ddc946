import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { applicationStatusSchema, problemSchema } from '@/lib/domain/partner-api/application-status';
import { getRequestContextStorage } from '@/lib/http/request-context';
import { browser } from '@/lib/http/test-next';
import { getStore } from '@/lib/store/store';
import { createDraft } from '@/lib/store/test-people';
import { setUpTestStore } from '@/lib/store/test-store';
import { GET } from './[reference]/route';

vi.mock('next/headers', async () => (await import('@/lib/http/test-next')).nextHeaders);

const KEYS = ['first-key-of-the-partner-0123456789', 'second-key-of-the-partner-012345678'];
setUpTestStore({ PARTNER_API_KEYS: KEYS.join(','), LIMIT_STATUS_PER_ADDRESS: '3' });

let addressCount = 0;
beforeEach(() => browser.headers.set('x-forwarded-for', `203.0.113.${++addressCount}`));
afterEach(() => browser.headers.delete('x-forwarded-for'));

const read = (reference: string, key: string | undefined = KEYS[0]) =>
  GET(
    new Request(`https://start.example/api/applications/${reference}`, {
      headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
    }),
    { params: Promise.resolve({ reference }) },
  );

async function readProblem(response: Response) {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(response.headers.get('cache-control')).toBe('no-store');
  return problemSchema.parse(await response.json());
}

test('each of the keys reads the status, which no cache keeps', async () => {
  const { draft } = await createDraft();
  await (await getStore()).partnerReferences.add('order-1', draft.id);
  for (const key of KEYS) {
    const response = await read('order-1', key);
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
    const status = applicationStatusSchema.parse(await response.json());
    expect(status).toMatchObject({ application: draft.id, partnerReference: 'order-1', state: 'started' });
  }
});

test('without a key and with a wrong one the answer is the same for known and unknown references', async () => {
  const answers = [];
  for (const [reference, key] of [
    ['order-1', ''],
    ['order-2', KEYS[0]?.slice(1)],
  ] as const) {
    const response = await read(reference, key);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    answers.push(await readProblem(response));
  }
  expect(answers[0]).toEqual({ type: 'about:blank', title: 'Unauthorized', status: 401 });
  expect(answers[1]).toEqual(answers[0]);
});

test.each(['unknown', 'a'.repeat(43), '1A2B3C4D', '\0', '../readyz', 'é'.repeat(5_000)])(
  'the reference %j is not found',
  async (reference) => {
    const request = new Request('https://start.example/', { headers: { authorization: `Bearer ${KEYS[0]}` } });
    const response = await GET(request, { params: Promise.resolve({ reference }) });
    expect(await readProblem(response)).toEqual({ type: 'about:blank', title: 'Not Found', status: 404 });
  },
);

test('a failure of the route is a failure of the app, not a request that cannot be read', async () => {
  const context = { hasStarted: false, isUnreadable: false, isOutage: false };
  await getRequestContextStorage().run(context, () => read('unknown'));
  expect(context.hasStarted).toBe(true);
});

test('an address with too many wrong keys waits, and a right key works there all the same', async () => {
  const responses = [];
  for (const key of [KEYS[0], '', 'wrong', '', '', KEYS[0], 'wrong', KEYS[1]])
    responses.push(await read('unknown', key));
  expect(responses.map(({ status }) => status)).toEqual([404, 401, 401, 401, 429, 404, 429, 404]);
  expect(responses[4]?.headers.get('retry-after')).toBe('60');
});
