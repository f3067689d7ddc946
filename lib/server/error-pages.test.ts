import { expect, test, vi } from 'vitest';
import { renderBusyPage, renderOutagePage, renderUpdatedPage } from './error-pages.ts';

vi.mock('../config/translations/get-brand-messages.ts', async () => {
  const load = async (locale: string) => (await import(`../i18n/messages/${locale}.json`)).default;
  const messages = { en: await load('en'), es: await load('es') };
  return { getBrandMessages: (locale: 'en' | 'es') => messages[locale] };
});

test('a page has the language of its path, and Spanish where the path has none', () => {
  expect(renderBusyPage('/en/onboarding/identity', 503).body).toContain('<html lang="en">');
  expect(renderBusyPage('/partner', 503).body).toContain('<html lang="es">');
});

test('a page needs nothing else: no script, no style, no frame, no cache', () => {
  const { headers, body } = renderBusyPage('/en', 429);
  expect(headers['content-security-policy']).toContain("default-src 'none'");
  expect(headers['cache-control']).toBe('private, no-store');
  expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  expect(body).not.toMatch(/<(script|link|img|style)/);
});

test.each([
  ['the busy page', (framedBy?: string[]) => renderBusyPage('/en', 503, framedBy)],
  ['the outage page', (framedBy?: string[]) => renderOutagePage('/en', [], framedBy)],
  ['the outage page with a form', (framedBy?: string[]) => renderOutagePage('/en', [['a', 'b']], framedBy)],
  ['the page of an outdated form', (framedBy?: string[]) => renderUpdatedPage('/en', framedBy)],
])('%s may be framed by the given sources alone, and by none without them', (_, render) => {
  const getPolicy = (framedBy?: string[]) => render(framedBy).headers['content-security-policy'];
  const ORIGINS = ['https://www.partner.example', 'https://app.partner.example'];
  expect(getPolicy(ORIGINS)).toMatch(
    /; frame-ancestors https:\/\/www\.partner\.example https:\/\/app\.partner\.example$/,
  );
  expect(getPolicy()).toMatch(/; frame-ancestors 'none'$/);
  expect(getPolicy(ORIGINS)?.replace(ORIGINS.join(' '), "'none'")).toBe(getPolicy());
});

test('each page has its status', () => {
  expect(renderBusyPage('/en', 429).status).toBe(429);
  expect(renderBusyPage('/en', 503).status).toBe(503);
  expect(renderOutagePage('/en', []).status).toBe(503);
  expect(renderUpdatedPage('/en').status).toBe(409);
});

test('the outage page posts the fields again as they were, and no field becomes markup', () => {
  const { body } = renderOutagePage('/en/onboarding/identity', [['first"name', '"><script>x</script>']]);
  expect(body).toContain('<form method="post"');
  expect(body).toContain('&#60;script&#62;');
  expect(body).not.toContain('<script>');
  expect(renderOutagePage('/en', []).body).not.toContain('<form');
});

test('the page of an outdated form leads back to its own path, escaped', () => {
  expect(renderUpdatedPage('/en/assist/cases').body).toContain('<a href="/en/assist/cases">');
  expect(renderUpdatedPage('/en/"><b>').body).not.toContain('<b>');
});
