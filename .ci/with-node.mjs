// Runs a command on a supported Node with the dependencies installed:
//   node .ci/with-node.mjs <command> [arguments…]
// Written for Node 20: it is the one file that an old Node has to read. The npm registry carries the
// Node binary itself, so a machine whose Node is past its end of life needs no step by hand.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** The oldest release of each line that the project runs on, by major version. Other lines are not tried by any test. */
const MINIMUM_VERSIONS = JSON.parse(readFileSync(join(root, 'minimum-versions.json'), 'utf8')).node.minimums;
const isWindows = process.platform === 'win32';

/** Installs a folder's dependencies, once per state of its lock file, which has the hash of every platform's packages. */
function installOnce(folder, path) {
  const lock = createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex');
  const stamp = join(folder, 'node_modules', '.installed-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.error(`Installing ${folder === root ? 'dependencies' : 'Node 24'} from the npm registry …`);
  // Windows has no program `npm`, only a script, which a shell must start.
  const done = spawnSync('npm', ['ci', '--loglevel=error'], {
    cwd: folder,
    shell: isWindows,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, PATH: path },
  });
  if (done.status !== 0) process.exit(done.status ?? 1);
  writeFileSync(stamp, lock);
}

function isSupported(version) {
  const [major, ...rest] = version.split('.').map(Number);
  const minimum = MINIMUM_VERSIONS[major]?.split('.').map(Number).slice(1);
  if (!minimum) return false;
  return rest[0] > minimum[0] || (rest[0] === minimum[0] && rest[1] >= minimum[1]);
}

function findNodeFolder() {
  if (isSupported(process.versions.node)) return dirname(process.execPath);
  const runtime = join(root, '.ci', 'runtime');
  installOnce(runtime, process.env.PATH);
  const folder = join(runtime, 'node_modules', `node-${isWindows ? 'win' : process.platform}-${process.arch}`, 'bin');
  if (existsSync(folder)) return folder;
  console.error(
    `Node ${process.versions.node} is not supported and the registry has no Node 24 for ${process.platform} on ${process.arch}. Install one of: ${Object.values(MINIMUM_VERSIONS).join(', ')}, or a later release of the same line.`,
  );
  process.exit(1);
}

const path = [findNodeFolder(), join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
installOnce(root, path);

const [command, ...args] = process.argv.slice(2);
const child = spawn(command, args, {
  cwd: root,
  stdio: 'inherit',
  shell: isWindows,
  env: { ...process.env, PATH: path },
});
// Ctrl-C reaches the child through the terminal; here it only must not end this process before the child is done.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('error', (error) => {
  console.error(`Cannot start ${command}: ${error.message}`);
  process.exit(1);
});
child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : (code ?? 1)));
