/**
 * Imported before a program's own code (`node --import`), it ends the process when the parent has ended, however that ended: its
 * standard input is a pipe that the parent alone holds, and the system closes it. Nothing else is read from it.
 */
process.stdin.on('end', () => process.kill(process.pid, 'SIGKILL'));
process.stdin.on('error', () => process.kill(process.pid, 'SIGKILL'));
process.stdin.resume();
// The pipe does not keep a process alive that has nothing more to do.
(process.stdin as typeof process.stdin & { unref: () => void }).unref();
