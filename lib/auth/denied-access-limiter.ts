/** A refused request is written down once in this time for each session, action and case. */
const WINDOW_MS = 10 * 60_000;
/** Different refusals of one session that are written down in this time: more of them tell nothing new. */
const MAX_PER_SESSION = 60;

type SessionWindow = { since: number; keys: Set<string> };

/**
 * Bounds what refused requests add to the audit, which nothing can be deleted from.
 *
 * @param now in milliseconds
 * @returns whether this refusal is to be written down; the rest is only in the log
 */
export function createDeniedAccessLimiter(now: () => number) {
  const windows = new Map<string, SessionWindow>();
  const isOver = ({ since }: SessionWindow) => now() - since >= WINDOW_MS;
  return (sessionId: string, key: string): boolean => {
    for (const [id, window] of windows) if (isOver(window)) windows.delete(id);
    const { keys } = windows.get(sessionId) ?? openWindow(sessionId);
    if (keys.has(key) || keys.size >= MAX_PER_SESSION) return false;
    keys.add(key);
    return true;
  };

  function openWindow(sessionId: string): SessionWindow {
    const window = { since: now(), keys: new Set<string>() };
    windows.set(sessionId, window);
    return window;
  }
}
