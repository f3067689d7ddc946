'use client';

import { useEffect, useMemo, useState } from 'react';
import { report } from '../../observability/report.ts';
import { type PlacesState, placeSearcher, type Suggestion } from './google-places.ts';
import { refuse, useIsRefused } from './refusal.ts';
import { failureOf } from './search-failure.ts';

/** Google bills each request: ask when somebody pauses, and not for two letters. */
const PAUSE_MS = 300;
export const FEWEST = 3;
/** How long a used-up quota is left alone. */
const REST_MS = 60_000;

/** The answer to `input`, which may be an older one than what is typed by now. */
export type Found = { input: string; items: readonly Suggestion[] };
const NONE: Found = { input: '', items: [] };

/**
 * Suggestions for what is typed. Answers that came too late are dropped, a failure that may pass is tried once more in
 * silence, a refused key is not used again and a used-up quota rests.
 *
 * @param input what is typed, or nothing when there is nothing to look for
 */
export function useSuggestions(
  library: PlacesState,
  countries: readonly string[],
  input: string,
): { found: Found; isFailing: boolean } {
  const [found, setFound] = useState(NONE);
  const [failed, setFailed] = useState(false);
  const [isResting, setResting] = useState(false);
  const isRefused = useIsRefused();
  const isOff = library.status === 'failed' || isRefused;
  // Other countries are another search, with a session of its own.
  const search = useMemo(
    () => (library.status === 'ready' ? placeSearcher(library.places, countries) : undefined),
    [library, countries],
  );

  useEffect(() => {
    if (!isResting) return;
    const timer = setTimeout(() => setResting(false), REST_MS);
    return () => clearTimeout(timer);
  }, [isResting]);

  const isWanted = input.trim().length >= FEWEST;
  useEffect(() => {
    // The answers to one search are not choices of the next.
    if (!isWanted) return setFound(NONE);
    if (!search || isOff || isResting) return;
    let isStale = false;
    const timer = setTimeout(async () => {
      try {
        const items = await search(input).catch((error: unknown) => {
          if (isStale || failureOf(error) !== 'now') throw error;
          return search(input);
        });
        if (isStale) return;
        setFound({ input, items });
        setFailed(false);
      } catch (error) {
        const failure = failureOf(error);
        if (failure === 'refused') refuse();
        if (failure === 'later') {
          report('maps.quota');
          setResting(true);
        }
        if (!isStale) setFailed(true);
      }
    }, PAUSE_MS);
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [search, input, isWanted, isOff, isResting]);

  return { found, isFailing: isOff || isResting || failed };
}
