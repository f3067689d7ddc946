// Runs inside a container, as its user: tells what it may do there. One line of JSON.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const status = readFileSync('/proc/self/status', 'utf8');
const read = (name) => new RegExp(`^${name}:\\s*(\\S+)`, 'm').exec(status)?.[1];
const write = (path) => {
  try {
    writeFileSync(path, '');
    return 'written';
  } catch ({ code }) {
    return code;
  }
};
// Control groups of version 1, and of version 2.
const limit = (...files) => readFileSync(files.find((file) => existsSync(file)) ?? '/dev/null', 'utf8').trim();

console.log(
  JSON.stringify({
    isRoot: process.getuid() === 0,
    canGainRights: read('NoNewPrivs') !== '1',
    capabilities: ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'].map((name) => Number(`0x${read(name)}`)),
    isFiltered: read('Seccomp') === '2',
    memoryBytes: Number(limit('/sys/fs/cgroup/memory/memory.limit_in_bytes', '/sys/fs/cgroup/memory.max')),
    processes: Number(limit('/sys/fs/cgroup/pids/pids.max', '/sys/fs/cgroup/pids.max')),
    writes: Object.fromEntries(
      ['/x', '/app/x', '/app/.next/x', '/var/run/postgresql/x', '/tmp/x'].map((path) => [path, write(path)]),
    ),
    passwords: Object.keys(process.env).filter((name) => name.includes('PASSWORD')),
  }),
);
