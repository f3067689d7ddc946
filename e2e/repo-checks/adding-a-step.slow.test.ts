import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const GUIDE = readFileSync('docs/adding-a-step.md', 'utf8');
const REGISTRY = 'lib/domain/steps/index.ts';
/** A user of the texts of each step. */
const PAGE_WITH_TEXTS = 'components/pages/step-view.tsx';
const FOLDER = 'lib/domain/steps/employer';

/** The files that the guide prints, and the registry with the guide's line in it. */
function createGuideFiles(): Map<string, string> {
  const [schema = '', step = '', payload = '', line = ''] = [...GUIDE.matchAll(/```ts\n(.*?)```/gs)].map(
    ([, code = '']) => code,
  );
  const imports = `import { toEmployerPayload } from './employer/payload.ts';
import { createEmployerSchema } from './employer/schema.ts';
import { employerStep } from './employer/step.ts';
`;
  const registry = readFileSync(REGISTRY, 'utf8').replace('const registry = [\n', (start) => `${start}${line}`);
  return new Map(
    Object.entries({
      [REGISTRY]: imports + registry,
      [`${FOLDER}/schema.ts`]: schema,
      [`${FOLDER}/step.ts`]: step,
      [`${FOLDER}/payload.ts`]: payload,
    }).map(([file, text]) => [resolve(file), text]),
  );
}

/** Type-checks some files of the project while others are replaced. @returns the errors of each */
function findTypeErrors(files: readonly string[], replacedFiles: ReadonlyMap<string, string>): Map<string, string[]> {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, '.');
  const host = ts.createCompilerHost({ ...options, incremental: false });
  const { readFile, fileExists, directoryExists } = host;
  host.readFile = (file) => replacedFiles.get(resolve(file)) ?? readFile(file);
  host.fileExists = (file) => replacedFiles.has(resolve(file)) || fileExists(file);
  host.directoryExists = (folder) => resolve(folder) === resolve(FOLDER) || (directoryExists?.(folder) ?? true);
  const program = ts.createProgram([...fileNames, ...replacedFiles.keys()], { ...options, incremental: false }, host);
  return new Map(
    files.map((file) => [
      file,
      program
        .getSemanticDiagnostics(program.getSourceFile(resolve(file)))
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
    ]),
  );
}

test('the compiler lists each file that the guide names, and the files of the guide have no error', () => {
  const guideFiles = createGuideFiles();
  const [, list = ''] = /## 2\. The compiler(.*?)```tsx/s.exec(GUIDE) ?? [];
  const listedFiles = [...list.matchAll(/^\| `([\w./-]+\.tsx?)`/gm)].map(([, file = '']) => file);
  expect(listedFiles.length).toBeGreaterThan(3);
  const errors = findTypeErrors([...listedFiles, PAGE_WITH_TEXTS, ...guideFiles.keys()], guideFiles);
  expect(listedFiles.filter((file) => errors.get(file)?.length === 0)).toEqual([]);
  expect(errors.get(PAGE_WITH_TEXTS)?.join()).toContain('"employer.title"');
  for (const file of guideFiles.keys()) expect(errors.get(file), file).toEqual([]);
}, 300_000);
