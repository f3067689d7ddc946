import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

/** Folders under `packages` whose released versions are kept. */
export const PACKAGES = ['partner', 'testing'] as const;
export type PackageName = (typeof PACKAGES)[number];

type Manifest = { version: string; exports: { '.': { types: string } } };

const getFolder = (name: PackageName) => resolve('packages', name);

export const readManifest = (name: PackageName) =>
  JSON.parse(readFileSync(`packages/${name}/package.json`, 'utf8')) as Manifest;

/** Returns the only version whose declarations are in the package's `released` folder. */
export const readReleasedVersion = (name: PackageName): string | undefined => {
  const folder = join(getFolder(name), 'released');
  const [version] = existsSync(folder) ? readdirSync(folder) : [];
  return version;
};

/** @returns whether `next` must not break users of `last`: the rule of `^` in npm (semver.org, items 4 and 8) */
export function isSameRange(last: string, next: string): boolean {
  const getRange = (version: string) => /^(?:0\.\d+|[1-9]\d*)/.exec(version)?.[0];
  return getRange(last) === getRange(next);
}

function readOptions(name: PackageName): ts.ParsedCommandLine {
  const file = join(getFolder(name), 'tsconfig.json');
  const { config } = ts.readConfigFile(file, ts.sys.readFile) as { config: object };
  return ts.parseJsonConfigFileContent(config, ts.sys, getFolder(name));
}

/**
 * Compiles the declarations of a package as it is now.
 *
 * @returns each file that a user of the package reaches, by its path in `dist`
 */
export function emitDeclarations(name: PackageName): Map<string, string> {
  const { options, fileNames } = readOptions(name);
  const dist = join(getFolder(name), 'dist');
  const emitted = new Map<string, string>();
  const program = ts.createProgram(fileNames, { ...options, emitDeclarationOnly: true });
  program.emit(undefined, (path, text) => emitted.set(path, text));
  const reached = new Map<string, string>();
  const reach = (path: string) => {
    const text = emitted.get(path);
    const key = relative(dist, path);
    if (text === undefined || reached.has(key)) return;
    // Two declarations of a private member never agree, and no user of the package can name it.
    reached.set(key, text.replaceAll(/^ *(#private|private .*);\n/gm, ''));
    for (const { fileName } of ts.preProcessFile(text).importedFiles)
      if (fileName.startsWith('.')) reach(join(dirname(path), fileName.replace(/\.ts$/, '.d.ts')));
  };
  reach(join(getFolder(name), readManifest(name).exports['.'].types));
  return reached;
}

/** The names that an index of declarations exports; it has nothing but `export { … } from`. */
function parseExports(index: string): { name: string; isType: boolean }[] {
  const { statements } = ts.createSourceFile('index.d.ts', index, ts.ScriptTarget.Latest);
  return statements.filter(ts.isExportDeclaration).flatMap(({ exportClause, isTypeOnly }) => {
    if (!exportClause || !ts.isNamedExports(exportClause)) throw new Error('The index must name what it exports');
    return exportClause.elements.map((element) => ({
      name: element.name.text,
      isType: isTypeOnly || element.isTypeOnly,
    }));
  });
}

/** Types of a consumer: where the released version gave a value, the present one must give a value that fits. */
const CONSUMER_TYPES = `
import type { TestType } from '@playwright/test';
// Parameters of a method are compared in both directions, those of a property in the one that counts.
type Members<T> = { [K in keyof T]: T[K] extends (...args: infer Args) => infer Result ? (...args: Args) => Result : T[K] };
type Fixtures<Args> = { [K in keyof Args]: Members<Args[K]> };
type Instance<T> = T extends abstract new (...args: never) => infer Content ? Content : {};
type Keys<T> = T extends unknown ? keyof T : never;
// Playwright's type of tests takes functions of their fixtures, so it is their fixtures that are compared.
type Released<T> = T extends TestType<infer Args, infer WorkerArgs> ? Fixtures<Args & WorkerArgs> : T;
type Present<T> = T extends TestType<infer Args, infer WorkerArgs> ? Args & WorkerArgs : T;
`;

/** A value must fit where a released one did. A type must keep its members: optional ones could go unnoticed. */
const writeComparison = ({ name, isType }: { name: string; isType: boolean }): string[] =>
  isType
    ? [`export const of_${name}: Keys<present.${name}> = {} as Keys<released.${name}>;`]
    : [
        `export const of_${name}: Released<typeof released.${name}> = {} as Present<typeof present.${name}>;`,
        `export const in_${name}: Members<Instance<typeof released.${name}>> = {} as Instance<typeof present.${name}>;`,
      ];

const sourceFiles = new Map<string, ts.SourceFile>();

/** A compiler's host that keeps parsed files, and reads `texts` in place of the files of these paths. */
function createHost(options: ts.CompilerOptions, texts: ReadonlyMap<string, string>): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.fileExists = (path) => texts.has(path) || fileExists(path);
  host.readFile = (path) => texts.get(path) ?? readFile(path);
  host.getSourceFile = (path, settings) => {
    const text = host.readFile(path);
    if (text === undefined) return undefined;
    const key = `${path}\n${typeof settings === 'object' ? settings.impliedNodeFormat : ''}\n${texts.get(path) ?? ''}`;
    const file = sourceFiles.get(key) ?? ts.createSourceFile(path, text, settings, true);
    sourceFiles.set(key, file);
    return file;
  };
  return host;
}

/**
 * Compiles a consumer of the released version of a package against the package as it is now.
 *
 * @param changed texts in place of source files, by their path from the repository's folder
 * @returns what the compiler says about each export that no longer fits
 */
export function findBreakingChanges(name: PackageName, changed: Record<string, string> = {}): string[] {
  const folder = getFolder(name);
  const released = join(folder, 'released', readReleasedVersion(name) ?? '');
  const index = readManifest(name).exports['.'].types.replace('./dist/', '');
  const consumer = join(folder, 'consumer.ts');
  const text = [
    `import type * as released from '${join(released, index)}';`,
    `import type * as present from '${join(folder, 'src/index.ts')}';`,
    CONSUMER_TYPES,
    ...parseExports(readFileSync(join(released, index), 'utf8')).flatMap(writeComparison),
  ].join('\n');
  const options: ts.CompilerOptions = {
    ...readOptions(name).options,
    noEmit: true,
    rewriteRelativeImportExtensions: false,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    // Released declarations read the texts of now, which are not part of the promise.
    rootDirs: [resolve('.'), released],
  };
  delete options.rootDir;
  const texts = new Map(Object.entries(changed).map(([path, content]) => [resolve(path), content]));
  texts.set(consumer, text);
  const program = ts.createProgram([consumer], options, createHost(options, texts));
  const file = program.getSourceFile(consumer);
  return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
    ({ start, messageText }) => {
      const line = text.slice(text.lastIndexOf('\n', start) + 1);
      const [, exported] = /^export const \w\w_(\w+)/.exec(line) ?? [];
      return `${exported}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
    },
  );
}
