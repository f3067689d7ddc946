import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Installs a tool beside the project, once per version: one that a command needs now and then and that brings more packages
 * than the whole project. No install script is run.
 *
 * @param spec a name with its exact version
 * @returns the folder that has it in its `node_modules`
 */
export function installTool(spec: string): string {
  const folder = join(tmpdir(), `front-door-${spec.replace(/[^\w.]+/g, '-')}`);
  const marker = join(folder, 'done');
  if (existsSync(marker)) return folder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const args = ['install', '--ignore-scripts', '--no-save', '--no-audit', '--loglevel=error', spec];
  execFileSync('npm', args, { cwd: folder, stdio: 'inherit' });
  writeFileSync(marker, '');
  return folder;
}
