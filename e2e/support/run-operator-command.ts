import { execFile } from 'node:child_process';

export type CommandResult = { status: number; stdout: string; stderr: string };

/**
 * Runs an operators' command (`lib/cli/<command>.ts`) as a process of its own, as `npm run <command> -- <words>` does.
 *
 * @returns its exit code and output; a code other than 0 is no error here
 */
export function runOperatorCommand(
  command: string,
  commandArgs: readonly string[],
  env: Record<string, string | undefined>,
): Promise<CommandResult> {
  return runNode(`lib/cli/${command}.ts`, commandArgs, env);
}

/** Runs a file of the product as the operators' commands are run. @param env on top of this process's own */
export function runNode(
  file: string,
  commandArgs: readonly string[],
  env: Record<string, string | undefined>,
): Promise<CommandResult> {
  const args = ['--conditions=react-server', file, ...commandArgs];
  const options = { env: { ...process.env, ...env, FORCE_COLOR: '0' }, maxBuffer: 64 * 1_024 * 1_024 };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number') reject(error);
      else resolve({ status: Number(error?.code ?? 0), stdout, stderr });
    });
  });
}
