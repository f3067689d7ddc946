/** `npm run released-types`: keeps the declarations of each package's version, with which later ones are compared. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { emitDeclarations, PACKAGES, readManifest, readReleasedVersion } from './released-types.ts';

for (const name of PACKAGES) {
  const { version } = readManifest(name);
  if (readReleasedVersion(name) === version) {
    console.log(`packages/${name} ${version} is released already. Its declarations stay as they are.`);
    continue;
  }
  const folder = `packages/${name}/released`;
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of emitDeclarations(name)) {
    const file = join(folder, version, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
