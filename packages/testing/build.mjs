// `npm pack` runs this: it compiles the package with the sandbox and the page objects of this repository into `dist`, which
// has the repository's folders, so that paths between files stay the same.
import { spawnSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dist = fileURLToPath(new URL('dist', import.meta.url));

rmSync(dist, { recursive: true, force: true });
const compile = spawnSync('tsc', ['-p', fileURLToPath(new URL('tsconfig.json', import.meta.url))], {
  stdio: 'inherit',
});
if (compile.status !== 0) process.exit(1);
/** Files that the stand-ins serve, and the settings of a local app. */
for (const file of [
  'maps/maps-script.js',
  'maps/places.json',
  'vgs/collect-script.js',
  'vgs/field.html',
  'vgs/field.js',
])
  cpSync(`${root}/e2e/sandbox/${file}`, `${dist}/e2e/sandbox/${file}`);
cpSync(`${root}/.env.example`, `${dist}/.env.example`);
