import { readFileSync } from 'node:fs';
import { beforeEach, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { buildOpenApiDocument } from '@/lib/domain/partner-api/openapi';
import { browser } from '@/lib/http/test-next';
import { getStore } from '@/lib/store/store';
import { createDraft } from '@/lib/store/test-people';
import { setUpTestStore } from '@/lib/store/test-store';
import { GET as getStatus } from './applications/[reference]/route';
import { GET as getDocument } from './openapi.json/route';

vi.mock('next/headers', async () => (await import('@/lib/http/test-next')).nextHeaders);

const KEY = 'a-key-of-the-partner-0123456789-abc';
setUpTestStore({ PARTNER_API_KEYS: KEY, LIMIT_STATUS_PER_ADDRESS: '1' });

let addressCount = 0;
beforeEach(() => browser.headers.set('x-forwarded-for', `203.0.113.${++addressCount}`));

const document = buildOpenApiDocument();
const { get: operation } = document.paths['/api/applications/{reference}'];
const [parameter] = operation.parameters;

/** The schema of a part of the document, with its references resolved. */
function readSchema(schema: z.core.JSONSchema.JSONSchema) {
  const { schemas } = document.components;
  const [, name] = '$ref' in schema ? (/^#\/components\/schemas\/(\w+)$/.exec(String(schema.$ref)) ?? []) : [];
  return z.fromJSONSchema(name === undefined ? schema : (schemas[name as keyof typeof schemas] ?? {}));
}

test('docs/openapi.json and the served document have the schemas of the code (`npm run openapi` writes the file)', async () => {
  const written = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as unknown;
  expect(written).toEqual(JSON.parse(JSON.stringify(document)));
  expect(await getDocument().json()).toEqual(written);
});

const EXAMPLES = [
  ...Object.entries(operation.responses).flatMap(([status, { content }]) =>
    Object.values(content).map(({ schema, example }) => [`the answer ${status}`, schema, example] as const),
  ),
  ...Object.entries(document.webhooks).map(([name, { post }]) => {
    const { schema, example } = post.requestBody.content['application/json'];
    return [name, schema, example] as const;
  }),
];

test.each(EXAMPLES)('the example of %s is valid', (_name, schema, example) => {
  expect(readSchema(schema).safeParse(example)).toMatchObject({ success: true });
});

test.each(EXAMPLES)('the schema of %s refuses an example that lacks a field', (_name, schema, example) => {
  for (const name of ['type', 'status', 'state', 'timestamp'].filter((name) => name in example))
    expect(readSchema(schema).safeParse({ ...example, [name]: undefined }).success).toBe(false);
});

/** `lib/server/request-pipeline.test.ts` has the answers of the pipeline. */
type PipelineStatus = 400 | 500 | 503;
type RouteStatus = Exclude<keyof typeof operation.responses, PipelineStatus>;

/** Requests for each status with which the route answers. */
const REQUESTS: Record<RouteStatus, { key?: string; reference?: string; repeats?: number }> = {
  200: { key: KEY },
  401: {},
  404: { key: KEY, reference: 'another-order' },
  429: { repeats: 1 },
};

test.each(Object.entries(REQUESTS))(
  'a request that the document describes is answered with %s as it says',
  async (status, { key, reference = parameter?.example ?? '', repeats = 0 }) => {
    const { content } = operation.responses[Number(status) as RouteStatus];
    const { draft } = await createDraft();
    await (await getStore()).partnerReferences.add(parameter?.example ?? '', draft.id);
    const send = () => {
      const path = '/api/applications/{reference}'.replace('{reference}', reference);
      const headers: HeadersInit = key === undefined ? {} : { authorization: `Bearer ${key}` };
      return getStatus(new Request(`https://start.example${path}`, { headers }), {
        params: Promise.resolve({ reference }),
      });
    };
    for (let count = 0; count < repeats; count += 1) await send();
    const response = await send();
    const [[type = '', { schema }] = ['', { schema: {} }]] = Object.entries(content);
    expect([response.status, response.headers.get('content-type')]).toEqual([Number(status), type]);
    expect(readSchema(schema).safeParse(await response.json())).toMatchObject({ success: true });
  },
);
