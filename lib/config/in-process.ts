/**
 * One value per process, made on first use. The framework bundles pages, actions and `instrumentation.ts` apart, each
 * with a copy of every module, so a module's own variable would exist several times.
 */
export function inProcess<T>(name: string, make: () => T): T {
  const slot = Symbol.for(`front-door.${name}`);
  const holder = globalThis as { [slot]?: T };
  holder[slot] ??= make();
  return holder[slot];
}
