import { expect, test } from 'vitest';
import { addFrameScript } from './frame-script.ts';

const ORIGINS = ['https://www.partner.example', 'https://app.partner.example'];
const START =
  /<style nonce="n">[^<]*<\/style><script nonce="n" data-parents="https:\/\/www\.partner\.example https:\/\/app\.partner\.example">\(function reportToParent/;

test('a page of Next.js gets the script in its head, before Next.js’s own scripts of the body', () => {
  const page = addFrameScript('<html><head><title>$&</title></head><body><main>a</main></body></html>', 'n', ORIGINS);
  expect(page).toMatch(new RegExp(`^<html><head><title>\\$&</title>${START.source}`));
  expect(page.endsWith('</script></head><body><main>a</main></body></html>')).toBe(true);
});

test('a small page of our own, which has no head element, gets it before its content', () => {
  const page = addFrameScript('<!doctype html><html><meta><main>a</main></html>', 'n', ORIGINS);
  expect(page).toMatch(new RegExp(`^<!doctype html><html><meta>${START.source}`));
  expect(page.endsWith('</script><main>a</main></html>')).toBe(true);
});

test('the script’s text does not end its element', () => {
  const page = addFrameScript('</head>', 'n', ORIGINS);
  expect(page.match(/<\/script/g)).toHaveLength(1);
});
