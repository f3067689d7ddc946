import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SAMPLES = 'lib/config/brand/samples';

/** Writes the demo's brand with changes, and its logo beside it. Returns the file's path, for `BRAND_FILE`. */
export function writeBrandFile(folder: string, changes: object): string {
  const brand = JSON.parse(readFileSync(join(SAMPLES, 'puente.json'), 'utf8'));
  copyFileSync(join(SAMPLES, brand.logo), join(folder, brand.logo));
  const file = join(folder, 'brand.json');
  writeFileSync(file, JSON.stringify({ ...brand, ...changes }));
  return file;
}
