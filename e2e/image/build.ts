/** The first half of `npm run image`: makes the images. Started by `image.ts` with its temporary folder. */
import { randomBytes } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readCompose } from '../support/compose.ts';
import { makeBaseImages, NODE_IMAGE } from './base-images.ts';
import { configureContainers, endOnSignals, run } from './tools.ts';

const BUILD_STAGE = 'localhost/front-door-build-stage';
/** Limit of the app's size above its base image, in MB. */
const MAX_APP_MB = 120;
const PLANTED_FILES = ['deploy/.env', 'deploy/app.env', 'x.key', 'x.pem', '.env.local'];
/** Written for each build, because this file is part of the build's context. */
const CANARY = randomBytes(16).toString('hex');

/**
 * Builds the Dockerfile from a copy of the working tree in which secret files are planted.
 *
 * @throws when a planted file reached the image or its build stage
 */
async function buildImage(folder: string, image: string): Promise<void> {
  const context = join(folder, 'context');
  const files = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard']);
  for (const file of files.split('\0').filter((name) => name && existsSync(name))) copy(file, join(context, file));
  for (const file of PLANTED_FILES) writeFileSync(join(context, file), `SECRET=${CANARY}\n`);
  const build = (tag: string, extraArgs: readonly string[]) =>
    run('buildah', ['bud', '--layers', '--format', 'docker', '--tag', tag, ...extraArgs, context]);
  // `--layers` keeps the first stage, which the second build then takes over instead of building it again.
  await build(BUILD_STAGE, ['--target', 'build']);
  await build(image, []);
  rmSync(context, { recursive: true });
  for (const name of [BUILD_STAGE, image]) await assertNoSecrets(name);
}

function copy(source: string, target: string): void {
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(source, target);
}

async function assertNoSecrets(image: string): Promise<void> {
  const mountPath = await run('podman', ['image', 'mount', image]);
  // Without this file the search would look at the wrong folder; grep ends with 1 when it finds nothing.
  const search = `test -f app/package.json && { grep -rlF ${CANARY} . || test $? = 1; }`;
  const matches = (await run('sh', ['-c', search], mountPath)).split('\n').filter(Boolean);
  await run('podman', ['image', 'unmount', image]);
  if (matches.length > 0) throw new Error(`Planted secrets are in ${image}: ${matches.join(', ')}`);
}

async function getMegabytes(image: string): Promise<number> {
  return Math.round(Number(await run('podman', ['image', 'inspect', '--format', '{{.Size}}', image])) / 1e6);
}

const [folder = ''] = process.argv.slice(2);
endOnSignals();
// The folder takes along files that an interrupted mmdebstrap or buildah leaves. apt's user has to get through.
process.env['TMPDIR'] = folder;
chmodSync(folder, 0o711);
configureContainers(folder);
const { app, proxy } = readCompose().services;
console.log(`Stand-ins: ${await makeBaseImages(folder, proxy.image)}.`);
await buildImage(folder, app.image);
console.log(`Built ${app.image}: no stage holds any of ${PLANTED_FILES.join(', ')}.`);
const [all, base] = [await getMegabytes(app.image), await getMegabytes(NODE_IMAGE)];
console.log(`Size: ${all} MB, of which ${base} MB are the base image and ${all - base} MB the app.`);
if (all - base > MAX_APP_MB) throw new Error(`The app adds more than ${MAX_APP_MB} MB.`);
