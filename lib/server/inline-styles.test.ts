import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { inlineStyles } from './inline-styles.ts';

vi.mock('../config/brand/brand.ts', () => ({ getBrand: () => ({ theme: 'brand' }) }));
vi.mock('../config/brand/theme.ts', () => ({ renderThemeCss: (theme: string) => `:root{--${theme}:$&}` }));

const folder = mkdtempSync(join(tmpdir(), 'front-door-styles-'));
beforeAll(() => {
  mkdirSync(join(folder, '.next/static/css'), { recursive: true });
  writeFileSync(join(folder, '.next/static/css/1.css'), 'p{color:red}');
  vi.spyOn(process, 'cwd').mockReturnValue(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

test('the built styles and the brand’s stand in the page in their order, and their links load nothing', () => {
  const links = ['/_next/static/css/1.css', '/brand/theme.css', '/other.css'].map(
    (path) => `<link rel="stylesheet" href="${path}" data-precedence="next"/>`,
  );
  expect(inlineStyles(links.join(''), 'n')).toBe(
    [
      '<style nonce="n">p{color:red}</style><link rel="stylesheet" href="/_next/static/css/1.css" disabled="" data-precedence="next"/>',
      '<style nonce="n">:root{--brand:$&}</style><link rel="stylesheet" href="/brand/theme.css" disabled="" data-precedence="next"/>',
      links[2],
    ].join(''),
  );
});
