import { DENIED_ACCESS_LIMIT } from '../config/rate-limits.ts';

type SessionWindow = { sinceMs: number; keys: Set<string> };

/**
 * Bounds the entries that denied requests add to the audit, which is append-only.
 *
 * @param now in milliseconds
 * @returns counts one denial of a session and says whether to record it in the audit; every denial is in the log
 */
export function createDeniedAccessLimiter(now: () => number) {
  const { windowMs, maxKeysPerSession } = DENIED_ACCESS_LIMIT;
  const windows = new Map<string, SessionWindow>();
  const isOver = ({ sinceMs }: SessionWindow) => now() - sinceMs >= windowMs;
  return (sessionId: string, key: string): boolean => {
    for (const [id, window] of windows) if (isOver(window)) windows.delete(id);
    const { keys } = windows.get(sessionId) ?? openWindow(sessionId);
    if (keys.has(key) || keys.size >= maxKeysPerSession) return false;
    keys.add(key);
    return true;
  };

  function openWindow(sessionId: string): SessionWindow {
    const window = { sinceMs: now(), keys: new Set<string>() };
    windows.set(sessionId, window);
    return window;
  }
}
