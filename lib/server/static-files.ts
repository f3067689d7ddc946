import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { isDevelopment } from '../config/is-development.ts';
import { getProcessSingleton } from '../config/process-singleton.ts';

const FOLDER = join('.next', 'static');
/** Where the framework serves built files. */
export const STATIC_PREFIX = '/_next/static/';

/** The addresses of all built files. */
const listStaticFiles = () =>
  getProcessSingleton('static-files', () => {
    const entries = readdirSync(FOLDER, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const paths = entries.map(({ parentPath, name }) => relative(FOLDER, join(parentPath, name)));
    return new Set(paths.map((path) => STATIC_PREFIX + path.split(sep).join('/')));
  });

/** Whether a path leads to a built file. Of a path that leads to none the framework draws a page. */
export const isStaticFile = (pathname: string): boolean =>
  pathname.startsWith(STATIC_PREFIX) && (isDevelopment || listStaticFiles().has(decodeURIComponent(pathname)));
