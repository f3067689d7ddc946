import { once } from 'node:events';
import { readFileSync } from 'node:fs';

/** Memory that a process has in use, in megabytes (`VmRSS`, proc(5)). */
export function getMemoryMb(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1_000;
}

/**
 * Memory that a process cannot let go of, in megabytes: its heap and buffers after a collection. It is asked for through the
 * process's inspector (Chrome DevTools Protocol).
 *
 * @param output of a process that was started with `--inspect`
 */
export async function measureRetainedMemoryMb(output: string): Promise<number> {
  const socket = new WebSocket(/Debugger listening on (ws:\S+)/.exec(output)?.[1] ?? '');
  await once(socket, 'open');
  const sendCommand = async (id: number, method: string, params: object = {}) => {
    socket.send(JSON.stringify({ id, method, params }));
    const [{ data }] = (await once(socket, 'message')) as [MessageEvent<string>];
    return JSON.parse(data) as { result: { result?: { value: number } } };
  };
  await sendCommand(1, 'HeapProfiler.collectGarbage');
  const expression = '(({ heapUsed, external }) => heapUsed + external)(process.memoryUsage())';
  const { result } = await sendCommand(2, 'Runtime.evaluate', { expression, returnByValue: true });
  socket.close();
  return (result.result?.value ?? Number.NaN) / 1e6;
}
