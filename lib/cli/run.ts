/** Runs an operators' command on the words after its name and ends the process with its exit code. */
export function run(main: (words: readonly string[]) => Promise<number>): void {
  main(process.argv.slice(2)).then(
    (code) => process.exit(code),
    (error: Error) => {
      console.error(error.message);
      process.exit(1);
    },
  );
}
