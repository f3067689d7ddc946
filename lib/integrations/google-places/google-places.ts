'use client';

import { useLoadScript } from '@react-google-maps/api';
import { useEffect, useState } from 'react';
import type { PlacesSettings } from '../../config/vendor-settings.ts';
import type { FetchedPlace } from '../../domain/address/place-mapping.ts';
import { installRefusalListener } from './key-refusal.ts';
import { withTimeout } from './with-timeout.ts';

// The library sorts this array in place and warns when its identity changes, so it is one mutable constant.
const LIBRARIES: ['places'] = ['places'];
const SCRIPT_TIMEOUT_MS = 10_000;
const RESPONSE_TIMEOUT_MS = 8_000;
const FIELDS = ['addressComponents', 'formattedAddress', 'location', 'postalAddress', 'types', 'viewport'];
/** Address texts are in the language of the country, not of the page. */
const LANGUAGES: Record<string, string> = { US: 'en', CA: 'en', BR: 'pt' };

export type Suggestion = {
  id: string;
  main: string;
  secondary: string;
  /** Matching characters of `main`, as `[start, end)` pairs in order. */
  matches: readonly (readonly [number, number])[];
  /** Fetches the place, which ends Google's billing session. */
  resolve: () => Promise<FetchedPlace>;
};
/** Rejects with Google's error, which `search-failure.ts` classifies. */
export type PlaceSearcher = (input: string) => Promise<Suggestion[]>;
export type PlacesState = { status: 'loading' | 'failed' } | { status: 'ready'; places: google.maps.PlacesLibrary };

/**
 * Loads Google's script and its places library; a script that neither loads nor fails within 10 s counts as failed.
 *
 * @param attempt from 0. Each has its own address and id, because the browser and the library would join a hanging request
 */
export function usePlacesLibrary({ apiKey, apiUrl }: PlacesSettings, attempt: number): PlacesState {
  const [state, setState] = useState<PlacesState>({ status: 'loading' });
  useEffect(installRefusalListener, []);
  const { isLoaded, loadError } = useLoadScript({
    googleMapsApiKey: apiKey,
    libraries: LIBRARIES,
    version: 'quarterly',
    ...(attempt > 0 && { id: `places-script-${attempt}`, channel: `attempt-${attempt}` }),
    ...(apiUrl && { apiUrl }),
  });

  useEffect(() => {
    const handleFailure = () => setState((before) => (before.status === 'ready' ? before : { status: 'failed' }));
    if (loadError) return handleFailure();
    if (!isLoaded) {
      const timer = setTimeout(handleFailure, SCRIPT_TIMEOUT_MS);
      return () => clearTimeout(timer);
    }
    google.maps
      .importLibrary('places')
      .then((library) => setState({ status: 'ready', places: library as google.maps.PlacesLibrary }), handleFailure);
  }, [isLoaded, loadError]);

  return state;
}

/**
 * Creates a search in these countries, the likeliest first. A session token covers its requests up to the fetch of the chosen
 * place (docs/vendor-notes.md#7-places-search).
 */
export function createPlaceSearcher(places: google.maps.PlacesLibrary, countries: readonly string[]): PlaceSearcher {
  let sessionToken = new places.AutocompleteSessionToken();
  const [mainCountry = ''] = countries;
  return async (input) => {
    const request = {
      input,
      sessionToken,
      includedRegionCodes: [...countries],
      language: LANGUAGES[mainCountry] ?? 'es',
      region: mainCountry,
    };
    const response = places.AutocompleteSuggestion.fetchAutocompleteSuggestions(request);
    const { suggestions } = await withTimeout(RESPONSE_TIMEOUT_MS, response);
    const startNewSession = () => {
      sessionToken = new places.AutocompleteSessionToken();
    };
    return suggestions.flatMap(({ placePrediction }) =>
      placePrediction ? [toSuggestion(placePrediction, startNewSession)] : [],
    );
  };
}

function toSuggestion(prediction: google.maps.places.PlacePrediction, startNewSession: () => void): Suggestion {
  return {
    id: prediction.placeId,
    main: prediction.mainText?.text ?? prediction.text.text,
    secondary: prediction.secondaryText?.text ?? '',
    matches: (prediction.mainText?.matches ?? []).map(
      ({ startOffset, endOffset }) => [startOffset, endOffset] as const,
    ),
    async resolve() {
      const { place } = await withTimeout(RESPONSE_TIMEOUT_MS, prediction.toPlace().fetchFields({ fields: FIELDS }));
      startNewSession();
      return toFetchedPlace(place);
    },
  };
}

function toFetchedPlace(place: google.maps.places.Place): FetchedPlace {
  if (!place.location) throw new Error('The place has no location');
  return {
    id: place.id,
    formattedAddress: place.formattedAddress ?? '',
    addressComponents: (place.addressComponents ?? []).map(({ longText, shortText, types }) => ({
      longText: longText ?? '',
      shortText: shortText ?? '',
      types,
    })),
    location: place.location.toJSON(),
    viewport: place.viewport?.toJSON(),
    streetLine: place.postalAddress?.addressLines[0],
    types: place.types ?? [],
  };
}
