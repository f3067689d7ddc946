'use client';

import { useEffect, useMemo, useState } from 'react';
import { sendBrowserReport } from '../../observability/send-browser-report.ts';
import { createPlaceSearcher, type PlacesState, type Suggestion } from './google-places.ts';
import { recordKeyRefusal, useIsKeyRefused } from './key-refusal.ts';
import { toSearchFailure } from './search-failure.ts';

/** Google bills each request: ask when somebody pauses, and not for two letters. */
const DEBOUNCE_MS = 300;
export const MIN_SEARCH_LENGTH = 3;
/** How long a used-up quota is left alone. */
const COOLDOWN_MS = 60_000;

/** The answer to `input`, which may be an older one than what is typed by now. */
export type SuggestionResult = { input: string; items: readonly Suggestion[] };
const NO_RESULT: SuggestionResult = { input: '', items: [] };

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
): { result: SuggestionResult; isFailing: boolean } {
  const [result, setResult] = useState(NO_RESULT);
  const [hasFailed, setHasFailed] = useState(false);
  const [isCoolingDown, setIsCoolingDown] = useState(false);
  const isKeyRefused = useIsKeyRefused();
  const isUnavailable = library.status === 'failed' || isKeyRefused;
  // Other countries are another search, with a session of its own.
  const search = useMemo(
    () => (library.status === 'ready' ? createPlaceSearcher(library.places, countries) : undefined),
    [library, countries],
  );

  useEffect(() => {
    if (!isCoolingDown) return;
    const timer = setTimeout(() => setIsCoolingDown(false), COOLDOWN_MS);
    return () => clearTimeout(timer);
  }, [isCoolingDown]);

  const isLongEnough = input.trim().length >= MIN_SEARCH_LENGTH;
  useEffect(() => {
    // The answers to one search are not choices of the next.
    if (!isLongEnough) return setResult(NO_RESULT);
    if (!search || isUnavailable || isCoolingDown) return;
    let isStale = false;
    const timer = setTimeout(async () => {
      try {
        const items = await search(input).catch((error: unknown) => {
          if (isStale || toSearchFailure(error) !== 'now') throw error;
          return search(input);
        });
        if (isStale) return;
        setResult({ input, items });
        setHasFailed(false);
      } catch (error) {
        const failure = toSearchFailure(error);
        if (failure === 'refused') recordKeyRefusal();
        if (failure === 'later') {
          sendBrowserReport('maps.quota');
          setIsCoolingDown(true);
        }
        if (!isStale) setHasFailed(true);
      }
    }, DEBOUNCE_MS);
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [search, input, isLongEnough, isUnavailable, isCoolingDown]);

  return { result, isFailing: isUnavailable || isCoolingDown || hasFailed };
}
