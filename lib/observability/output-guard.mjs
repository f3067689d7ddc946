// Loaded before the framework in production (`npm start`, the image): nothing but our own one-line JSON leaves the process.
// The framework, libraries and Node print errors with their messages, and a message may quote what a stranger sent, or a
// statement with its values (ASVS 5.0, 16.2.5 and 16.4.1). Our logger writes to the file descriptor and does not pass here.
import { writeSync } from 'node:fs';

const EVERY_MS = 1_000;
const NAME = /^[A-Za-z]{1,40}(Error|Exception|Warning)?$/;

/** @type {Map<string, number>} */
const pending = new Map();

/** @param {string} stream @param {unknown} source what was printed, of which the class's name alone is told */
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
    // A pipe that is full or closed: what could not be told must not end the process.
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
  // Before the framework has set up its own handling, Node would print the error and end: it ends without the print.
  if (process.listenerCount('uncaughtException') === 1) process.exit(1);
});
