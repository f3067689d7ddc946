import { expect, test } from 'vitest';
import { holdScripts } from './held-scripts.ts';

/** A page as Next.js 16.4 writes it. */
const PAGE = `<!DOCTYPE html><html lang="en"><head><meta charSet="utf-8"/>
<link rel="preload" as="script" fetchPriority="low" nonce="n" href="/_next/static/chunks/webpack-1.js" integrity="sha256-x"/>
<script src="/_next/static/chunks/app/(customer)/%5Blocale%5D/page-1.js" async="" nonce="n"></script>
<link rel="preload" href="/_next/static/chunks/8473.1.js" as="script" nonce="n" fetchPriority="low"/>
<link rel="preload" as="image" href="/brand/logo"/>
<script src="/_next/static/chunks/polyfills-1.js" noModule="" nonce="n"></script></head>
<body><p>&lt;script src=&quot;/_next/static/x.js&quot;&gt;</p>
<script src="/_next/static/chunks/webpack-1.js" nonce="n" integrity="sha256-x" id="_R_" async=""></script>
<script nonce="n">self.__next_f.push([1,"\\u003cscript src=\\"/_next/static/y.js\\""])</script></body></html>`;

const hold = (html: string) => holdScripts(html, 'n', 'touch');

test('files of Next.js are inert and not loaded, and the rest of the page stays', () => {
  const [head = '', body = ''] = (hold(PAGE) ?? '').split('</head>');
  expect(head).toContain(
    '<script type="text/plain" data-hold src="/_next/static/chunks/app/(customer)/%5Blocale%5D/page-1.js"',
  );
  expect(head).toContain(
    '<link data-hold as="script" fetchPriority="low" nonce="n" href="/_next/static/chunks/webpack-1.js"',
  );
  expect(head).toContain('<link data-hold href="/_next/static/chunks/8473.1.js" as="script"');
  expect(head).toContain('<link rel="preload" as="image"');
  expect(head).toContain('<script src="/_next/static/chunks/polyfills-1.js" noModule=""');
  const startTag = '<script src="/_next/static/chunks/webpack-1.js"';
  const heldTag = '<script type="text/plain" data-hold src="/_next/static/chunks/webpack-1.js"';
  expect(body).toBe(PAGE.split('</head>')[1]?.replace(startTag, heldTag));
});

test('the script that starts them has the nonce, and its own text has no tag', () => {
  const [, script = ''] = /<script nonce="n">(.*?)<\/script><\/head>/s.exec(hold(PAGE) ?? '') ?? [];
  expect(() => new Function(script)).not.toThrow();
  expect(script).not.toMatch(/<\\?\/?script/);
  expect(script).toMatch(/startHeldScripts.*\("touch"\)$/s);
});

// An update of Next.js that changes its scripts must fail here or in the browser test of the byte budget.
test.each([
  ['no script that starts Next.js', PAGE.replace(' id="_R_"', '')],
  ['a start script that waits for the page', PAGE.replace('id="_R_" async=""', 'id="_R_" defer=""')],
  ['files in another folder', PAGE.replaceAll('/_next/static/', '/_next/files/')],
  ['modules', PAGE.replace('async="" nonce', 'type="module" async="" nonce')],
  ['module preloads', PAGE.replace('<body>', '<link rel="modulepreload" href="/_next/static/chunks/1.js"/><body>')],
  [
    'preloads with another order',
    PAGE.replace('<link rel="preload" href', '<link href').replace(
      '8473.1.js" as="script"',
      '8473.1.js" as="script" rel="preload"',
    ),
  ],
  ['no head', PAGE.replace('</head>', '')],
])('a page with %s is not touched', (_, html) => {
  expect(hold(html)).toBeUndefined();
});
