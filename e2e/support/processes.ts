import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** `.ts` here, `.js` in `packages/testing`, which has the same folders in compiled form. */
export const EXTENSION = extname(import.meta.url);

/** First arguments of a Node program that ends when its parent has ended. Its standard input must be a pipe. */
export const END_WITH_PARENT = ['--import', fileURLToPath(new URL(`end-with-parent${EXTENSION}`, import.meta.url))];

/** Processes that live and die with the command that started them. Those of Node end even when it is killed (SIGKILL). */
export class Processes {
  #children = new Set<ChildProcess>();
  #isStopping = false;

  /**
   * Starts a program and resolves once `isReady` likes a line of its standard output, with what it made of the line.
   * A program that ends before that, or at any time before `stop`, ends the command.
   */
  start<Ready>(
    name: string,
    command: string,
    args: readonly string[],
    options: { env: Record<string, string | undefined>; cwd?: string; onOutput?: (text: string) => void },
    parseReady: (line: string) => Ready | undefined,
  ): Promise<Ready> {
    const env = options.env as NodeJS.ProcessEnv;
    const first = command === process.execPath ? END_WITH_PARENT : [];
    const child = spawn(command, [...first, ...args], { env, cwd: options.cwd, stdio: ['pipe', 'pipe', 'pipe'] });
    this.#children.add(child);
    return new Promise((resolve, reject) => {
      let output = '';
      const read = (chunk: Buffer) => {
        options.onOutput?.(chunk.toString());
        output = (output + chunk.toString()).slice(-4_000);
        for (const line of output.split('\n')) {
          const ready = parseReady(line);
          if (ready !== undefined) resolve(ready);
        }
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.on('error', reject);
      child.on('exit', (code) => {
        this.#children.delete(child);
        reject(new Error(`${name} ended (${code}):\n${output.trim()}`));
        if (!this.#isStopping && code !== 0) console.error(`${name} ended (${code}).`);
      });
    });
  }

  /** Asks all of them to end and waits until they have; those that do not are killed. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await Promise.all(
      [...this.#children].map(
        (child) =>
          new Promise<void>((resolve) => {
            const killTimer = setTimeout(() => child.kill('SIGKILL'), 5_000);
            child.once('exit', () => {
              clearTimeout(killTimer);
              resolve();
            });
            child.kill('SIGTERM');
          }),
      ),
    );
  }
}

/** Resolves to true when no process listens on this loopback port. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

/** A loopback port that is free at this moment. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

/** The processes that a process has started (Linux). */
export const findChildren = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);

/** @returns false when there is no such process any more */
export function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}
