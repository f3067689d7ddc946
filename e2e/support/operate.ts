import { execFile } from 'node:child_process';

export type Operated = { status: number; stdout: string; stderr: string };

/**
 * Runs an operators' command (`lib/cli/<command>.ts`) as a process of its own, as `npm run <command> -- <words>` does.
 *
 * @returns its exit code and output; a code other than 0 is no error here
 */
export function operate(
  command: string,
  words: readonly string[],
  env: Record<string, string | undefined>,
): Promise<Operated> {
  return runNode(`lib/cli/${command}.ts`, words, env);
}

/** Runs a file of the product as the operators' commands are run. @param env on top of this process's own */
export function runNode(
  file: string,
  words: readonly string[],
  env: Record<string, string | undefined>,
): Promise<Operated> {
  const args = ['--conditions=react-server', file, ...words];
  const options = { env: { ...process.env, ...env, FORCE_COLOR: '0' }, maxBuffer: 64 * 1_024 * 1_024 };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number') reject(error);
      else resolve({ status: Number(error?.code ?? 0), stdout, stderr });
    });
  });
}
