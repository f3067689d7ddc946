/**
 * Returns one value per process, created on first use. The framework bundles pages, actions and `instrumentation.ts`
 * separately, each with a copy of every module, so a module variable would exist several times.
 */
export function getProcessSingleton<T>(name: string, create: () => T): T {
  const slot = Symbol.for(`front-door.${name}`);
  const holder = globalThis as { [slot]?: T };
  holder[slot] ??= create();
  return holder[slot];
}
