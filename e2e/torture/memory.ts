import { readFileSync } from 'node:fs';

/** Memory that a process has in use, in megabytes (`VmRSS`, proc(5)). */
export function memoryOf(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1_000;
}
