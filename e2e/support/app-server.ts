import { join } from 'node:path';

/** Returns program and first arguments that start the built app of a folder as `npm start` does. */
export const getAppServer = (folder: string) =>
  [
    process.execPath,
    ['--import', join(folder, 'lib/observability/output-guard.mjs'), join(folder, 'server.ts')],
  ] as const;

/** The same for the app of this folder, from any folder. */
export const APP_SERVER = getAppServer(process.cwd());

/** The same for the development server of Next.js, behind the same request pipeline. */
export const DEVELOPMENT_SERVER = [process.execPath, [join(process.cwd(), 'server.ts'), '--dev']] as const;

/** Parses the port that the app logs when it is ready. */
export function findPort(output: string): number | undefined {
  const port = /"event":"boot\.ready","port":(\d+)/.exec(output)?.[1];
  return port === undefined ? undefined : Number(port);
}
