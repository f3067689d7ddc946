import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { findMixedTexts } from './mixed-texts.ts';

// A browser that translates a page replaces each text node by an element of its own. React then fails to move or remove a
// text that has siblings, and cannot change it. A text that is alone in its element it replaces.

const { config } = ts.readConfigFile('tsconfig.json', (file) => ts.sys.readFile(file));
const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, '.');
const SAMPLE = resolve('components/sample-of-texts.tsx');

function createProgram(files: readonly string[], sample: string): ts.Program {
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (file) => file === SAMPLE || fileExists(file);
  host.getSourceFile = (file, ...rest) =>
    file === SAMPLE
      ? ts.createSourceFile(file, sample, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX)
      : getSourceFile(file, ...rest);
  return ts.createProgram({ rootNames: [...files, SAMPLE], options, host });
}

const GOOD = [
  '<p>a</p>',
  '<p>{text}</p>',
  '<p>{text + count}</p>',
  '<p>{isOn ? text : ""}</p>',
  '<p><b>{text}</b>{isOn ? <i>{text}</i> : null}</p>',
  '<ul>{list.map((item) => <li key={item}>{item}</li>)}</ul>',
  '<ul>{list.map((item) => <li key={item}>{item}</li>)}<li>{count}</li></ul>',
  '<p><b>{text}</b>{node}</p>',
];
const BAD = [
  '<p>{text} <b>a</b></p>',
  '<p><b>a</b> <i>b</i></p>',
  '<p>{text}{count}</p>',
  '<p>{text}{isOn ? <b>a</b> : null}</p>',
  '<p>{isOn ? text : null}<b>a</b></p>',
  '<p>{isOn ? text : <i>a</i>}<b>a</b></p>',
  '<p>{list}<b>a</b></p>',
  '<p>{list}</p>',
  '<p>{list.map((item) => isOn ? item : <b key={item}>a</b>)}</p>',
  '<p>{list.map((item) => isOn ? item : <b key={item}>a</b>)}<b>a</b></p>',
  '<p>{isOn && text}<b>a</b></p>',
  '<p><b>a</b>{count}</p>',
  '<>{text}</>',
];

/** Reading the types of the whole app takes 4 s on an idle machine and was seen to take 41 s on a busy one. */
const MAX_CHECK_MS = 180_000;

test('a text of a page is alone in its element', { timeout: MAX_CHECK_MS }, () => {
  const files = globSync('{app,components}/**/*.tsx').map((file) => resolve(file));
  expect(files.length).toBeGreaterThan(80);
  const samples = [...GOOD, ...BAD].map((code) => `export const _ = () => ${code};`);
  const declarations = `import type { ReactNode } from 'react';
    declare const [text, count, isOn, list, node]: [string, number, boolean, string[], ReactNode];\n`;
  const program = createProgram(
    files,
    declarations + samples.map((code, index) => code.replace('_', `S${index}`)).join('\n'),
  );
  const lines = findMixedTexts(program, [SAMPLE]).map((finding) => Number(/:(\d+) /.exec(finding)?.[1]));
  const first = 3 + GOOD.length;
  expect([...new Set(lines)]).toEqual(BAD.map((_, index) => first + index));
  expect(findMixedTexts(program, files)).toEqual([]);
});
