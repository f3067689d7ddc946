import { expect, test, vi } from 'vitest';
import { renderCustomerSearch } from './customer-search-page.ts';

const HOSTILE = '"><form action=https://evil.test>';
vi.mock('../config/brand/brand.ts', () => ({ getBrand: () => ({ name: 'Puente' }) }));
vi.mock('../config/translations/get-brand-messages.ts', async () => {
  const { default: messages } = await import('../i18n/messages/en.json', { with: { type: 'json' } });
  return { getBrandMessages: () => messages };
});

const render = (phoneNumber: string) =>
  renderCustomerSearch(new Request('https://start.example/en/assist/typed'), {
    locale: 'en',
    values: { phoneCountry: 'US', phoneNumber, spoken: 'es' },
    errors: { phoneNumber: 'customer.many' },
  }).text();

test('the page has the typed text, its error at the field, and the other answers', async () => {
  const text = await render('Quiroga');
  expect(text).toContain('<form method="post" action="/en/assist/typed">');
  expect(text).toContain('name="phoneNumber" value="Quiroga"');
  expect(text).toContain('aria-describedby="problem" aria-invalid="true"');
  expect(text).toContain('role="alert">Several match. Choose one from the list</p>');
  expect(text).toContain('<input type="hidden" name="phoneCountry" value="US">');
  expect(text).toContain('<input type="hidden" name="spoken" value="es">');
});

test('markup in the typed text stays text', async () => {
  expect((await render(HOSTILE)).match(/<form/g)).toHaveLength(1);
});
