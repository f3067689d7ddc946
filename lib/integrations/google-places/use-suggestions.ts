'use client';

import { useCallback, useEffect, useMemo, useState } from 'react';
import { sendBrowserReport } from '../../observability/send-browser-report.ts';
import { createPlaceSearcher, type PlaceSearcher, type PlacesState, type Suggestion } from './google-places.ts';
import { recordKeyRefusal, useIsKeyRefused } from './key-refusal.ts';
import { toSearchFailure } from './search-failure.ts';

/** Google bills each request, so the search waits for a pause and for three letters. */
const DEBOUNCE_MS = 300;
export const MIN_SEARCH_LENGTH = 3;
/** Pause after a used-up quota. */
const COOLDOWN_MS = 60_000;

/** Suggestions for `input`, which may be older than the present text. */
export type SuggestionResult = { input: string; items: readonly Suggestion[] };
const NO_RESULT: SuggestionResult = { input: '', items: [] };

/** Repeats a search once after a failure that may pass. */
async function searchWithRetry(search: PlaceSearcher, input: string, isStale: () => boolean): Promise<Suggestion[]> {
  try {
    return await search(input);
  } catch (error) {
    if (isStale() || toSearchFailure(error) !== 'now') throw error;
    return search(input);
  }
}

/** Returns whether the search pauses after a used-up quota, and a function that begins the pause. */
function useCooldown(): [isCoolingDown: boolean, startCooldown: () => void] {
  const [isCoolingDown, setIsCoolingDown] = useState(false);
  useEffect(() => {
    if (!isCoolingDown) return;
    const timer = setTimeout(() => setIsCoolingDown(false), COOLDOWN_MS);
    return () => clearTimeout(timer);
  }, [isCoolingDown]);
  return [isCoolingDown, useCallback(() => setIsCoolingDown(true), [])];
}

/**
 * Returns suggestions for a text. It drops stale answers, retries a passing failure once, never uses a refused key again, and
 * pauses after a used-up quota.
 *
 * @param input empty for no search
 */
export function useSuggestions(
  library: PlacesState,
  countries: readonly string[],
  input: string,
): { result: SuggestionResult; isFailing: boolean } {
  const [result, setResult] = useState(NO_RESULT);
  const [hasFailed, setHasFailed] = useState(false);
  const [isCoolingDown, startCooldown] = useCooldown();
  const isKeyRefused = useIsKeyRefused();
  const isUnavailable = library.status === 'failed' || isKeyRefused;
  // Another list of countries needs a new session.
  const search = useMemo(
    () => (library.status === 'ready' ? createPlaceSearcher(library.places, countries) : undefined),
    [library, countries],
  );

  const isLongEnough = input.trim().length >= MIN_SEARCH_LENGTH;
  useEffect(() => {
    // Suggestions of one search must not appear in the next.
    if (!isLongEnough) return setResult(NO_RESULT);
    if (!search || isUnavailable || isCoolingDown) return;
    let isStale = false;
    const timer = setTimeout(async () => {
      try {
        const items = await searchWithRetry(search, input, () => isStale);
        if (isStale) return;
        setResult({ input, items });
        setHasFailed(false);
      } catch (error) {
        const failure = toSearchFailure(error);
        if (failure === 'refused') recordKeyRefusal();
        if (failure === 'later') {
          sendBrowserReport('maps.quota');
          startCooldown();
        }
        if (!isStale) setHasFailed(true);
      }
    }, DEBOUNCE_MS);
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [search, input, isLongEnough, isUnavailable, isCoolingDown, startCooldown]);

  return { result, isFailing: isUnavailable || isCoolingDown || hasFailed };
}
