import * as z from 'zod';
import { createPhone, expect, test } from '../../support/fixtures.ts';
import { messages } from '../../support/pages/journey-page.ts';
import { PARTNER_API_KEY } from '../../support/stack.ts';
import { raas } from '../../support/stand-in-controls.ts';
import { getRun } from '../../support/test-run.ts';

const getPartnerOrigin = () => getRun().origins['partner'] ?? '';

async function createLinkPath(content: object): Promise<string> {
  const response = await fetch(`${getPartnerOrigin()}/token`, { method: 'POST', body: JSON.stringify({ content }) });
  return `/partner#${await response.text()}`;
}

async function readStatus(reference: string, key = PARTNER_API_KEY): Promise<{ status: number; body: unknown }> {
  const headers = { authorization: `Bearer ${key}` };
  const response = await fetch(`${getRun().origins.app}/api/applications/${reference}`, { headers });
  expect(response.headers.get('cache-control')).toContain('no-store');
  return { status: response.status, body: await response.json() };
}

test('a customer who stops or is refused goes back to the partner, whose server reads the state', async ({
  page,
  journey,
}) => {
  const reference = `order:${crypto.randomUUID()}`;
  const phoneNumber = createPhone();
  const answers = {
    firstName: 'Ana',
    lastName: 'Ruiz',
    dob: '1990-02-01',
    phoneNumber,
    paymentMethodType: 'DigitalWallet',
  };
  const address = {
    address1: 'Calle Dos 10',
    zipCode: '03800',
    city: 'Benito Juárez',
    state: 'CDMX',
    countryCode: 'MX',
  };
  const content = {
    answers: { ...answers, ...address },
    lang: 'en',
    reference,
    return_url: `${getPartnerOrigin()}/?cart=7`,
  };
  await raas.setNextAnswer(phoneNumber, { status: 400, body: { code: 'ERROR_OFAC_NOT_VALID', reason: 'x' } });
  await page.goto(await createLinkPath(content));
  await journey.expectTitle(messages.en.review.title);
  const returnLink = page.getByRole('link', { name: messages.en.partner.return.replace('{brand}', 'Puente') });
  const query = `cart=7&reference=${encodeURIComponent(reference)}`;

  await page.goto('/en');
  await expect(returnLink).toHaveAttribute('href', `${getPartnerOrigin()}/?${query}&status=stopped`);
  expect(await readStatus(reference)).toMatchObject({
    status: 200,
    body: { partnerReference: reference, state: 'started' },
  });

  await page.goto('/en/onboarding/review');
  await journey.submit();
  await page.goto('/en/onboarding/outcome');
  await expect(returnLink).toHaveAttribute('href', `${getPartnerOrigin()}/?${query}&status=refused`);
  const refused = await readStatus(reference);
  expect(refused).toMatchObject({ status: 200, body: { state: 'refused' } });
  expect(JSON.stringify(refused)).not.toMatch(/Ana|Ruiz|1990|Calle/);
  await returnLink.click();
  await expect(page.getByRole('heading', { name: 'Sandbox partner' })).toBeVisible();

  expect(await readStatus(reference, `${PARTNER_API_KEY}x`)).toMatchObject({ status: 401, body: { status: 401 } });
  expect(await readStatus(`${reference}x`)).toMatchObject({ status: 404, body: { type: 'about:blank' } });
  expect(await readStatus('a/path/of-no-route')).toMatchObject({ status: 404, body: { type: 'about:blank' } });
});

type OpenApiDocument = {
  paths: Record<string, Record<string, { responses: Record<string, { content: Record<string, { schema: object }> }> }>>;
  components: { schemas: Record<string, object> };
};

test('over HTTP, the app answers as its OpenAPI document says', { tag: '@all' }, async ({ page }) => {
  const { app } = getRun().origins;
  const reference = `order-${crypto.randomUUID()}`;
  const content = { answers: { firstName: 'Ana' }, reference };
  await page.goto(await createLinkPath(content));
  await page.waitForURL('**/onboarding/**');

  const document = (await (await fetch(`${app}/api/openapi.json`)).json()) as OpenApiDocument;
  const [[path = '', { get: operation } = {}] = []] = Object.entries(document.paths);
  const requests: [status: number, reference: string, key: string][] = [
    [200, reference, PARTNER_API_KEY],
    [400, `${reference}%2F7`, PARTNER_API_KEY],
    [401, reference, `${PARTNER_API_KEY}x`],
    [404, `${reference}x`, PARTNER_API_KEY],
  ];
  for (const [status, requested, key] of requests) {
    const url = app + path.replace('{reference}', requested);
    const response = await fetch(url, { headers: { authorization: `Bearer ${key}` } });
    const [[type = '', { schema } = { schema: {} }] = []] = Object.entries(operation?.responses[status]?.content ?? {});
    expect([response.status, response.headers.get('content-type')]).toEqual([status, type]);
    const { components } = document;
    const definition = JSON.parse(
      JSON.stringify({ ...schema, $defs: components.schemas }).replaceAll('#/components/schemas/', '#/$defs/'),
    ) as Parameters<typeof z.fromJSONSchema>[0];
    expect(z.fromJSONSchema(definition).safeParse(await response.json()), `${status}`).toMatchObject({ success: true });
  }
});

test('a link that returns to another origin is refused', { tag: '@all' }, async ({ page }) => {
  const content = { answers: {}, return_url: `${getPartnerOrigin().replace('http:', 'https:')}.evil.example/` };
  await page.goto(await createLinkPath(content));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(messages.en.partner.refused.title);
});
