/**
 * `node deploy/copy-modules.mjs <folder>`, after `npm run build`: copies the files of `node_modules` that the server and the
 * operator's commands load, for the image. Most files of the packages are compilers, types, maps and other formats.
 *
 * Next.js lists the files that its bundles load (`*.nft.json`). The same tracer (`@vercel/nft`) finds those that our own files load.
 */
import { cpSync, globSync, readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import { dirname, extname, join, matchesGlob, relative, resolve } from 'node:path';
import { nodeFileTrace } from '@vercel/nft';

const ENTRIES = [
  'server.ts',
  'next.config.ts',
  'lib/observability/output-guard.mjs',
  ...globSync('lib/cli/*.ts', { exclude: ['**/*.test.ts'] }),
];

/** Files that a server in production does not load. Those of Next.js are the ones that its own build leaves out of a standalone server. */
const IGNORED = [
  '**/next/dist/compiled/webpack/bundle5.js',
  '**/next/dist/compiled/next-server/**/*.dev.js',
  '**/next/dist/pages/**',
  '**/next/dist/server/image-optimizer*',
  '**/*.development.js',
  '**/*.d.ts',
  '**/*.map',
  'node_modules/@next/swc-*/**',
  'node_modules/@swc/core*/**',
  'node_modules/{sharp,@img}/**',
  'node_modules/typescript/**',
];

/** Reads a file as JavaScript. @returns null when there is none, as the tracer expects */
async function readSource(path) {
  const source = await readFile(path, 'utf8').catch(() => null);
  return source && extname(path) === '.ts' ? stripTypeScriptTypes(source) : source;
}

function readNextTraces() {
  return globSync('.next/{*,server/**/*}.nft.json').flatMap((file) => {
    const { files } = JSON.parse(readFileSync(file, 'utf8'));
    return files.map((name) => relative('.', resolve(dirname(file), name)));
  });
}

/** Next.js resolves these names when it reads its configuration, and loads none of the files. */
function findResolvedFiles() {
  const { resolve: resolveName } = createRequire(import.meta.url);
  const source = readFileSync('node_modules/next/dist/server/config-utils.js', 'utf8');
  const names = [...source.matchAll(/['"](next\/dist\/compiled\/[^'"]+)['"]/g)].map(([, name]) => name);
  if (names.length === 0) throw new Error('Next.js resolves names in another way than before');
  return names.map((name) => relative('.', resolveName(name)));
}

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('Name the folder: node deploy/copy-modules.mjs <folder>');
const traces = await Promise.all(
  // The commands run with this condition, the server without.
  [[], ['react-server']].map((conditions) =>
    nodeFileTrace(ENTRIES, { conditions: ['node', ...conditions], ignore: IGNORED, readFile: readSource }),
  ),
);
const files = new Set([
  ...traces.flatMap(({ fileList }) => [...fileList]),
  ...readNextTraces(),
  ...findResolvedFiles(),
]);
/** Of each package: a copy must contain them. */
const licenses = [
  ...new Set([...files].map((file) => /^node_modules\/(@[^/]+\/)?[^/]+/.exec(file)?.[0]).filter(Boolean)),
].flatMap((name) => globSync(`${name}/{LICENSE,LICENCE,License,license,NOTICE}*`));
const isCopied = (file) =>
  file.startsWith('node_modules/') &&
  !IGNORED.some((pattern) => matchesGlob(file, pattern)) &&
  statSync(file, { throwIfNoEntry: false })?.isFile();
let bytes = 0;
for (const file of [...files, ...licenses].filter(isCopied)) {
  cpSync(file, join(folder, file));
  bytes += statSync(file).size;
}
process.stdout.write(`${(bytes / 1e6).toFixed(0)} MB of node_modules\n`);
