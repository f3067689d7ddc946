import { globSync, readFileSync } from 'node:fs';
import { analyse } from 'scslre';
import ts from 'typescript';
import { expect, test } from 'vitest';

/** Tests, and what only tests import (`test-keys.ts`). */
const isTest = (file: string) => /\.test\.tsx?$|\/test-[\w-]+\.ts$/.test(file);
const files = globSync(['{app,components,lib}/**/*.{ts,tsx,mjs}', '*.{ts,mjs}', 'deploy/**/*.mjs'], {
  exclude: (name) => name.includes('node_modules'),
}).filter((file) => !isTest(file));
const sources = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]));

/** Files whose text matches, and how often. */
const findMatchingFiles = (pattern: RegExp) =>
  [...sources].filter(([, text]) => pattern.test(text)).map(([file]) => file);

test('no code is made from text, and no text becomes markup', () => {
  expect(files.length).toBeGreaterThan(200);
  expect(
    findMatchingFiles(/\beval\(|new Function\(|document\.write|insertAdjacentHTML|\.innerHTML\s*=|outerHTML\s*=/),
  ).toEqual([]);
  expect(findMatchingFiles(/dangerouslySetInnerHTML/)).toEqual([]);
  expect(findMatchingFiles(/callback=|jsonp/i)).toEqual([]);
});

test('the server starts no process, and types are not argued away', () => {
  expect(findMatchingFiles(/child_process|worker_threads/)).toEqual([]);
  expect(findMatchingFiles(/@ts-(ignore|expect-error|nocheck)/)).toEqual([]);
});

test('what does cryptography is known by name and in the inventory', () => {
  const users = findMatchingFiles(/['"]((node:)?(crypto|tls)|jose|openid-client)['"]|\bcrypto\.(subtle|get|random)/);
  const inventory = readFileSync('docs/operations.md', 'utf8').split('## Cryptography')[1] ?? '';
  expect(users.filter((file) => !inventory.includes(`\`${file}\``))).toEqual([]);
  expect(
    [...inventory.matchAll(/`([\w/.()[\]-]+\.ts)`/g)]
      .map(([, file]) => file)
      .filter((file) => !users.includes(file ?? '')),
  ).toEqual([]);
});

/** Each regular expression of ours, as it is written. One that is put together may take no text from outside. */
function findExpressions(file: string, text: string): { pattern: string; flags: string }[] {
  const expressions: { pattern: string; flags: string }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const [, pattern = '', flags = ''] = /^\/(.*)\/([a-z]*)$/s.exec(node.text) ?? [];
      expressions.push({ pattern, flags });
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));
  return expressions;
}

test('an expression is written, not made: two files make some, from the vault’s environment and from metadata of phones', () => {
  expect(findMatchingFiles(/new RegExp\(/).sort()).toEqual(['lib/domain/card/alias.ts', 'lib/domain/phone/phone.ts']);
});

test('no expression takes for ever (ASVS 5.0, 1.3.12)', () => {
  const slow: string[] = [];
  let count = 0;
  for (const [file, text] of sources) {
    for (const { pattern, flags } of findExpressions(file, text)) {
      count += 1;
      const { reports } = analyse(
        { source: pattern, flags },
        { assumeRejectingSuffix: true, reportTypes: { Move: false } },
      );
      for (const { type, exponential } of reports) {
        slow.push(`${file}: /${pattern}/ ${type} ${exponential ? 'exponential' : 'quadratic'}`);
      }
    }
  }
  expect(count).toBeGreaterThan(100);
  expect(slow).toEqual([]);
});
