import { expect, test } from 'vitest';
import { buildReturnUrl, isAllowedReturnUrl } from './return-url.ts';

const ORIGINS = ['https://shop.example'];
const partner = {
  link: 'id',
  locked: [],
  reference: 'order-17',
  returnUrl: 'https://shop.example/cart?id=1&status=x#pay',
};

test('the return address keeps its parameters, but the app sets reference and status', () => {
  expect(buildReturnUrl(partner, ORIGINS)).toBe('https://shop.example/cart?id=1&status=stopped&reference=order-17#pay');
});

test.each([
  ['refused', 'refused'],
  ['not-sent', 'stopped'],
  ['held', 'stopped'],
  ['limited', 'stopped'],
  ['parked', 'needs_review'],
  ['delivered', 'resolved'],
] as const)('after the view %s the status is %s', (view, status) => {
  expect(new URL(buildReturnUrl(partner, ORIGINS, view) ?? '').searchParams.get('status')).toBe(status);
});

test.each(['sending', 'checking', 'succeeded'] as const)('the view %s has no return address', (view) => {
  expect(buildReturnUrl(partner, ORIGINS, view)).toBeUndefined();
});

test('there is no return address without a link, without a return_url, or when its origin is no longer allowed', () => {
  expect(buildReturnUrl(undefined, ORIGINS)).toBeUndefined();
  expect(buildReturnUrl({ link: 'id', locked: [] }, ORIGINS)).toBeUndefined();
  expect(buildReturnUrl(partner, ['https://www.shop.example'])).toBeUndefined();
});

test.each([
  'https://shop.example',
  'https://shop.example/',
  'HTTPS://SHOP.example:443/cart?id=1#end',
  'https://shop.example/@evil.example/',
])('a customer may return to %s', (url) => {
  expect(isAllowedReturnUrl(url, ORIGINS)).toBe(true);
});

test.each([
  'https://ana@shop.example/',
  'https://:secret@shop.example/',
  'blob:https://shop.example/0f1e2d3c',
  'https://shop.example.evil.example/',
  'https://shop.example:8443/',
  'http://shop.example/',
])('a customer may not return to %s', (url) => {
  expect(isAllowedReturnUrl(url, ORIGINS)).toBe(false);
  expect(buildReturnUrl({ ...partner, returnUrl: url }, ORIGINS)).toBeUndefined();
});
