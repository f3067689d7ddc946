import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { isDevelopment } from '../config/is-development.ts';
import { getProcessSingleton } from '../config/process-singleton.ts';

const FOLDER = join('.next', 'static');
/** Next.js serves built files under this path. */
export const STATIC_PREFIX = '/_next/static/';

const listStaticFiles = () =>
  getProcessSingleton('static-files', () => {
    const entries = readdirSync(FOLDER, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const paths = entries.map(({ parentPath, name }) => relative(FOLDER, join(parentPath, name)));
    return new Set(paths.map((path) => STATIC_PREFIX + path.split(sep).join('/')));
  });

/** Returns whether a path is one of a built file. For any other path Next.js renders a page. */
export const isStaticFile = (pathname: string): boolean =>
  pathname.startsWith(STATIC_PREFIX) && (isDevelopment || listStaticFiles().has(decodeURIComponent(pathname)));
