// Loaded before `server.ts` in production: only our one-line JSON leaves the process. Messages of Next.js, libraries
// and Node may quote a client's text or a statement's values (ASVS 5.0, 16.2.5 and 16.4.1). Our logger writes to the
// file descriptor.
import { writeSync } from 'node:fs';

const EVERY_MS = 1_000;
const NAME = /^[A-Za-z]{1,40}(Error|Exception|Warning)?$/;

/** @type {Map<string, number>} */
const pending = new Map();

/** @param {string} stream @param {unknown} source the printed value, of which only the class's name is logged */
function report(stream, source) {
  const named = source instanceof Error && NAME.test(source.name) ? source.name : undefined;
  const key = `${stream} ${named}`;
  const count = pending.get(key) ?? 0;
  pending.set(key, count + 1);
  if (count > 0) return;
  write({ stream, name: named, count: 1 });
  setTimeout(() => {
    const more = (pending.get(key) ?? 1) - 1;
    pending.delete(key);
    if (more > 0) write({ stream, name: named, count: more });
  }, EVERY_MS).unref();
}

/** @param {{ stream: string, name: string | undefined, count: number }} fields */
function write(fields) {
  const line = JSON.stringify({ level: 40, time: new Date().toISOString(), event: 'runtime.printed', ...fields });
  try {
    writeSync(1, `${line}\n`);
  } catch {
    // A full or closed pipe must not end the process.
  }
}

for (const stream of /** @type {const} */ (['stdout', 'stderr'])) {
  process[stream].write = (_chunk, encoding, done) => {
    report(stream, undefined);
    const callback = typeof encoding === 'function' ? encoding : done;
    if (callback) process.nextTick(callback);
    return true;
  };
}
for (const level of /** @type {const} */ (['error', 'warn', 'info', 'log', 'debug', 'trace'])) {
  console[level] = (...values) =>
    report(
      level === 'error' || level === 'warn' ? 'stderr' : 'stdout',
      values.find((value) => value instanceof Error),
    );
}

process.removeAllListeners('warning');
process.on('warning', (warning) => report('warning', warning));
process.on('uncaughtException', (error) => {
  report('uncaught', error);
  // Before Next.js has set its own listener, Node would print the error and exit: exit without printing.
  if (process.listenerCount('uncaughtException') === 1) process.exit(1);
});
