import { join } from 'node:path';

const root = process.cwd();

/** Program and first arguments that start the built app as `npm start` does, from any folder. */
export const APP_SERVER = [
  process.execPath,
  [
    '--import',
    join(root, 'lib/observability/output-guard.mjs'),
    join(root, 'node_modules/next/dist/bin/next'),
    'start',
    '--experimental-next-config-strip-types',
  ],
] as const;

/** The port that the app says in its output when it is ready. */
export function findPort(output: string): number | undefined {
  const port = /"event":"boot\.ready","port":(\d+)/.exec(output)?.[1];
  return port === undefined ? undefined : Number(port);
}
