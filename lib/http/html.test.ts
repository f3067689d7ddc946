import { globSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { html } from './html.ts';

test('every interpolated text is escaped, in elements and in attributes', () => {
  const hostile = `<form action="https://evil.test">&'`;
  const { markup } = html`<p title="${hostile}">${hostile}</p>`;
  const escaped = '&#60;form action=&#34;https://evil.test&#34;&#62;&#38;&#39;';
  expect(markup).toBe(`<p title="${escaped}">${escaped}</p>`);
});

test('only the result of another template is inserted as it is', () => {
  expect(html`<main>${html`<b>${'<'}</b>`}</main>`.markup).toBe('<main><b>&#60;</b></main>');
  expect(html`a\nb`.markup).toBe('a\nb');
});

/** Tags in text that is no comment, of every template and string that is not tagged with `html`. */
function findPlainMarkup(file: string): string[] {
  const texts: string[] = [];
  const isTagged = (node: ts.Node) => ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'html';
  const visit = (node: ts.Node): void => {
    const isText = ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
    if (isText && /<(!doctype|\/?[a-z][a-z0-9]*[\s>/])/i.test(node.getText())) texts.push(node.getText());
    // Of a tagged template only what is interpolated is looked at.
    ts.forEachChild(node, isTagged(node) ? (child) => void ts.forEachChild(child, visit) : visit);
  };
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));
  return texts;
}

test('no product file writes markup in any other way', () => {
  const files = globSync('{app,components,lib}/**/*.{ts,tsx}').filter((file) => !/\.test\.tsx?$/.test(file));
  // Commands print to a terminal, and the descriptions of variables become a Markdown table.
  const plain = files.filter((file) => !file.startsWith('lib/cli/') && file !== 'lib/config/env-descriptions.ts');
  expect(plain.length).toBeGreaterThan(200);
  expect(plain.flatMap((file) => findPlainMarkup(file).map((text) => `${file}: ${text}`))).toEqual([]);
});
