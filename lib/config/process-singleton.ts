/**
 * One value per process, made on first use. The framework bundles pages, actions and `instrumentation.ts` apart, each
 * with a copy of every module, so a module's own variable would exist several times.
 */
export function getProcessSingleton<T>(name: string, create: () => T): T {
  const slot = Symbol.for(`front-door.${name}`);
  const holder = globalThis as { [slot]?: T };
  holder[slot] ??= create();
  return holder[slot];
}
