import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const listFiles = (...patterns: string[]) =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', ...patterns], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .filter(existsSync);

/** Returns the anchors of a document's headings, as GitHub makes them. */
const listAnchors = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );

function isBroken(path: string, anchor: string | undefined): boolean {
  if (!existsSync(path)) return true;
  return anchor !== undefined && !listAnchors(path).includes(anchor);
}

test('every link between documents leads to a file and a heading', () => {
  const documents = listFiles('*.md');
  const links = documents.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].map(
      ([link, target = '', anchor]) => ({
        file,
        link,
        path: target === '' ? file : join(dirname(file), target),
        anchor,
      }),
    ),
  );
  expect(links.length).toBeGreaterThan(100);
  expect(links.filter(({ path, anchor }) => isBroken(path, anchor))).toEqual([]);
});

test('every document that a comment cites is there, with its heading', () => {
  const citations = listFiles('*.ts', '*.tsx', '.env.example').flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\b(docs\/[\w/-]+\.md)(?:#([\w-]+))?/g)].map(([, path = '', anchor]) => ({
      file,
      path,
      anchor,
    })),
  );
  expect(citations.length).toBeGreaterThan(10);
  expect(citations.filter(({ path, anchor }) => isBroken(path, anchor))).toEqual([]);
});

test('every decision record has a date and a status and is in the index', () => {
  const records = listFiles('docs/decisions/0*.md');
  const index = readFileSync('docs/decisions/README.md', 'utf8');
  const isComplete = (file: string) => {
    const head = readFileSync(file, 'utf8').split('\n## ')[0] ?? '';
    return (
      /^- Date: \d{4}-\d\d-\d\d$/m.test(head) && /^- Status: \w+/m.test(head) && index.includes(`](${file.slice(15)})`)
    );
  };
  expect(records.filter((file) => !isComplete(file))).toEqual([]);
});
