import { vi } from 'vitest';

type Command = (words: readonly string[]) => Promise<number>;

const captured: { command: Command | undefined } = { command: undefined };

/** Replaces `lib/cli/run-command.ts`, so that an import of a command's file does not end the process. */
export const commandRunner = {
  runCommand: (command: Command): void => {
    captured.command = command;
  },
};

/** Runs the command whose file was imported last. @returns its exit code and the lines that it printed */
export async function runTestCommand(...words: readonly string[]): Promise<{ code: number; output: string }> {
  const lines: unknown[] = [];
  const spies = [vi.spyOn(console, 'log'), vi.spyOn(console, 'error')];
  for (const spy of spies) spy.mockImplementation((line) => void lines.push(line));
  try {
    const code = (await captured.command?.(words)) ?? Number.NaN;
    return { code, output: lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n') };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
