import { join } from 'node:path';

const root = process.cwd();
const serverFile = join(root, 'server.ts');

/** Program and first arguments that start the built app as `npm start` does, from any folder. */
export const APP_SERVER = [
  process.execPath,
  ['--import', join(root, 'lib/observability/output-guard.mjs'), serverFile],
] as const;

/** The same for the development server of Next.js, behind the same request pipeline. */
export const DEVELOPMENT_SERVER = [process.execPath, [serverFile, '--dev']] as const;

/** Parses the port that the app logs when it is ready. */
export function findPort(output: string): number | undefined {
  const port = /"event":"boot\.ready","port":(\d+)/.exec(output)?.[1];
  return port === undefined ? undefined : Number(port);
}
