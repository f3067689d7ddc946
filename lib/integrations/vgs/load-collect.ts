'use client';

import type { VaultSettings } from '../../config/vendor-settings.ts';
import type { Collect } from './collect.ts';

const SCRIPT_TIMEOUT_MS = 15_000;

let loading: Promise<Collect> | undefined;
let attempts = 0;

/**
 * Loads VGS's script once, from its main host or its mirror. VGS's own loader adds its tag twice under StrictMode, has no time
 * limit, and sends a beacon (docs/vendor-notes.md#11-vgs-collect).
 *
 * @throws when no host delivers the script within 15 s; the next call tries again
 */
export function loadCollect(settings: VaultSettings): Promise<Collect> {
  loading ??= loadFromOrigins(settings).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function loadFromOrigins(settings: VaultSettings): Promise<Collect> {
  for (const origin of settings.origins) {
    attempts += 1;
    // The browser would join a hanging request for the same address, so each attempt has its own.
    const attemptQuery = attempts > settings.origins.length ? `?attempt=${attempts}` : '';
    const src = `${origin}/vgs-collect/${settings.version}/vgs-collect.js${attemptQuery}`;
    const collect = await addScript(src, settings.integrity);
    if (collect) return collect;
  }
  throw new Error('The vault script did not load');
}

function addScript(src: string, integrity: string | undefined): Promise<Collect | undefined> {
  return new Promise((resolve) => {
    const script = document.createElement('script');
    const timer = setTimeout(() => complete(undefined), SCRIPT_TIMEOUT_MS);
    const complete = (collect: Collect | undefined) => {
      clearTimeout(timer);
      if (!collect) script.remove();
      resolve(collect);
    };
    script.src = src;
    script.async = true;
    script.crossOrigin = 'anonymous';
    if (integrity) script.integrity = integrity;
    script.onload = () => complete(window.VGSCollect);
    script.onerror = () => complete(undefined);
    document.head.append(script);
  });
}
