import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { startHttpServer } from './http-server.ts';

type LockedPackage = {
  version: string;
  dependencies?: object;
  optionalDependencies?: object;
  peerDependencies?: object;
};

/** Returns the installed versions of a package and their folders. */
function findVersions(name: string): Map<string, string> {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, LockedPackage>;
  };
  const paths = Object.keys(packages).filter((path) => path.endsWith(`node_modules/${name}`) && existsSync(path));
  return new Map(paths.map((path) => [packages[path]?.version ?? '', path]));
}

/**
 * Serves the packages that are installed here as an npm registry does, so that a test installs without a network.
 *
 * @returns its server, which the caller closes, and its origin
 */
export async function startLocalRegistry(): Promise<{ server: Server; origin: string }> {
  const { server, origin } = await startHttpServer((request, response) => {
    const [name = '', version] = decodeURIComponent(request.url ?? '')
      .slice(1)
      .split('/-/');
    const versions = findVersions(name);
    const folder = versions.get(version ?? '');
    if (folder) {
      const archive = spawn('tar', ['-cz', '--transform', 's,^\\.,package,', '-C', folder, '.']);
      archive.stdout.pipe(response);
      return;
    }
    const entries = [...versions].map(([number, path]) => {
      const manifest = JSON.parse(readFileSync(`${path}/package.json`, 'utf8')) as object;
      return [number, { ...manifest, dist: { tarball: `${origin}/${name}/-/${number}` } }] as const;
    });
    response.writeHead(entries.length > 0 ? 200 : 404, { 'content-type': 'application/json' });
    const latest = entries.at(-1)?.[0];
    response.end(JSON.stringify({ name, 'dist-tags': { latest }, versions: Object.fromEntries(entries) }));
  });
  return { server, origin };
}
