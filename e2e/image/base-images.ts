import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { installTool } from '../support/install-tool.ts';
import { readValue, run } from './tools.ts';

const APT_SOURCES = ['/etc/apt/sources.list', '/etc/apt/sources.list.d/debian.sources'];
const AUTHORITIES = '/etc/ssl/certs/ca-certificates.crt';

/** The name that the Dockerfile builds on. */
export const NODE_IMAGE = 'docker.io/library/node:24-slim';

/**
 * Makes stand-ins for the images that the Dockerfile and the compose file name, from the packages of Debian and npm, because
 * no image registry is asked. What they cannot show is in `docs/decisions/0116-rehearsal-of-the-image.md`.
 *
 * @param caddyImage the name of Caddy's image in the compose file
 * @returns what stands in for what
 */
export async function makeBaseImages(folder: string, caddyImage: string): Promise<string> {
  const context = join(folder, 'base');
  mkdirSync(context);
  const sources = APT_SOURCES.find((file) => existsSync(file) && statSync(file).size > 0);
  if (!sources) throw new Error('No list of Debian’s package sources');
  const release = readValue('/etc/os-release', 'VERSION_CODENAME');
  await run('mmdebstrap', [
    '--variant=minbase',
    '--include=ca-certificates',
    release,
    join(context, 'base.tar'),
    sources,
  ]);
  const node = copyNode(context);
  cpSync(dirname(dirname(realpathSync(await findProgram('npm')))), join(context, 'npm'), { recursive: true });
  copyFileSync(process.env['NODE_EXTRA_CA_CERTS'] ?? AUTHORITIES, join(context, 'authorities.pem'));
  // npm in the build asks the same registry as here, and trusts the same authorities.
  const registry = await run('npm', ['config', 'get', 'registry']);
  writeFileSync(join(context, 'npmrc'), `registry=${registry}\ncafile=/etc/ssl/authorities.pem\n`);
  await build(context, NODE_IMAGE, [
    'FROM scratch',
    'ADD base.tar /',
    'COPY node /usr/local/bin/node',
    'COPY npm /usr/local/lib/node_modules/npm',
    'COPY authorities.pem /etc/ssl/authorities.pem',
    'COPY npmrc /usr/local/etc/npmrc',
    'RUN useradd --create-home --uid 1000 node && cd /usr/local/bin && ln -s ../lib/node_modules/npm/bin/npm-cli.js npm && ln -s ../lib/node_modules/npm/bin/npx-cli.js npx',
  ]);
  copyFileSync(realpathSync(await findProgram('caddy')), join(context, 'caddy'));
  await build(context, caddyImage, [
    `FROM ${NODE_IMAGE}`,
    'COPY caddy /usr/bin/caddy',
    'ENV XDG_CONFIG_HOME=/config XDG_DATA_HOME=/data',
    'CMD ["caddy", "run", "--config", "/etc/caddy/Caddyfile", "--adapter", "caddyfile"]',
  ]);
  rmSync(context, { recursive: true });
  const caddy = (await run('caddy', ['version'])).split(' ')[0];
  return `Debian ${release} with Node ${node} for ${NODE_IMAGE.split('/').at(-1)}, Caddy ${caddy} for ${caddyImage.split('/').at(-1)}`;
}

const findProgram = (name: string) => run('sh', ['-c', `command -v ${name}`]);

/** Copies the Node of the version that `.ci/runtime` pins, and returns that version. */
function copyNode(context: string): string {
  const name = `node-linux-${process.arch}`;
  const lock = JSON.parse(readFileSync('.ci/runtime/package-lock.json', 'utf8')) as {
    packages: Record<string, { version: string }>;
  };
  const version = lock.packages[`node_modules/${name}`]?.version;
  if (!version) throw new Error(`.ci/runtime has no Node for ${process.arch}`);
  copyFileSync(join(installTool(`${name}@${version}`), 'node_modules', name, 'bin', 'node'), join(context, 'node'));
  return version;
}

async function build(context: string, image: string, lines: readonly string[]): Promise<void> {
  writeFileSync(join(context, 'Dockerfile'), `${lines.join('\n')}\n`);
  await run('buildah', ['bud', '--quiet', '--format', 'docker', '--tag', image, context]);
}
