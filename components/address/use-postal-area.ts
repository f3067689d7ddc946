'use client';

import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { PostalArea } from '@/lib/domain/address/postal-area';
import { normalizePostalCode } from '@/lib/domain/address/postal-code';

/** `unknown`: the table does not have the code; `failed`: it could not be asked. */
type PostalLookup = { status: 'unknown' | 'failed' } | { status: 'found'; area: PostalArea };

const TIMEOUT_MS = 5_000;

async function fetchArea(code: string, signal: AbortSignal): Promise<PostalLookup> {
  const response = await fetch(`/postal-codes/${code}`, { signal });
  if (response.status === 404) return { status: 'unknown' };
  return response.ok ? { status: 'found', area: (await response.json()) as PostalArea } : { status: 'failed' };
}

/**
 * Looks up a typed postal code at its fifth digit. A later code makes an earlier answer stale.
 *
 * @param savedArea of the saved code, which the page brings along
 * @returns `findNewArea` resolves with the area when the code has a new one
 */
export function usePostalArea(savedArea: PostalArea | undefined, onMissing: (status: 'unknown' | 'failed') => void) {
  const [area, setArea] = useState(savedArea);
  const request = useRef<AbortController>(null);

  useEffect(
    () => () => {
      request.current?.abort();
      request.current = null;
    },
    [],
  );

  async function findNewArea(text: string): Promise<PostalArea | undefined> {
    const code = normalizePostalCode('MX', text);
    if (code === area?.code) return undefined;
    request.current?.abort();
    request.current = null;
    setArea(undefined);
    if (!/^\d{5}$/.test(code)) return undefined;
    const controller = new AbortController();
    request.current = controller;
    const timer = setTimeout(() => controller.abort(), TIMEOUT_MS);
    const lookup = await fetchArea(code, controller.signal).catch((): PostalLookup => ({ status: 'failed' }));
    clearTimeout(timer);
    if (request.current !== controller) return undefined;
    if (lookup.status !== 'found') {
      onMissing(lookup.status);
      return undefined;
    }
    // The list is on the page before the customer chooses from it.
    flushSync(() => setArea(lookup.area));
    return lookup.area;
  }

  return { area, findNewArea };
}
