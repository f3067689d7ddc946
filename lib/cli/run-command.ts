/** Runs an operators' command on the words after its name and ends the process with its exit code. */
export function runCommand(command: (words: readonly string[]) => Promise<number>): void {
  command(process.argv.slice(2)).then(
    (code) => process.exit(code),
    (error: Error) => {
      console.error(error.message);
      process.exit(1);
    },
  );
}
