import { afterEach, expect, test, vi } from 'vitest';
import { runCommand } from './run-command.ts';

const argv = process.argv;
afterEach(() => {
  process.argv = argv;
  vi.restoreAllMocks();
});

async function run(command: (words: readonly string[]) => Promise<number>) {
  process.argv = ['node', 'command.ts', 'one', '--two'];
  const errors: unknown[] = [];
  vi.spyOn(console, 'error').mockImplementation((line) => void errors.push(line));
  const exit = Promise.withResolvers<unknown>();
  vi.spyOn(process, 'exit').mockImplementation(((code: unknown) => exit.resolve(code)) as never);
  runCommand(command);
  return { code: await exit.promise, errors };
}

test('a command gets the words after its name, and the process ends with its exit code', async () => {
  const command = vi.fn(async () => 3);
  expect(await run(command)).toEqual({ code: 3, errors: [] });
  expect(command).toHaveBeenCalledWith(['one', '--two']);
});

test('an error ends the process with code 1 and its message, without a stack', async () => {
  const command = async () => Promise.reject(new Error('Missing or wrong in the environment: DATA_KEY'));
  expect(await run(command)).toEqual({ code: 1, errors: ['Missing or wrong in the environment: DATA_KEY'] });
});
