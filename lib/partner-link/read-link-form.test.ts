import { expect, test } from 'vitest';
import { MAX_LINK_LENGTH } from './open-link.ts';
import { readLinkForm } from './read-link-form.ts';

const createRequest = (body: string, headers: Record<string, string> = {}) =>
  new Request('https://start.example/partner', {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': String(body.length),
      ...headers,
    },
  });
const readToken = async (request: Request) => (await readLinkForm(request)).get('token');

test('the longest link is read, and a longer body is not', async () => {
  const longest = 'a'.repeat(MAX_LINK_LENGTH);
  expect(await readToken(createRequest(`token=${longest}`))).toBe(longest);
  expect(await readToken(createRequest(`token=${longest}${'a'.repeat(200)}`))).toBeNull();
});

test.each([
  ['another type', 'content-type', 'multipart/form-data; boundary=x'],
  ['no length', 'content-length', ''],
  ['a length that is no number', 'content-length', 'many'],
])('a body with %s is not read', async (_case, header, value) => {
  const request = createRequest('token=a', { [header]: value });
  if (value === '') request.headers.delete(header);
  expect(await readToken(request)).toBeNull();
  expect(request.bodyUsed).toBe(false);
});
