'use client';

import { useEffect } from 'react';
import type { PlacesSettings } from '@/lib/config/vendor-settings';
import { type PlacesState, usePlacesLibrary } from '@/lib/integrations/google-places/google-places';

type Props = { settings: PlacesSettings; attempt: number; onState: (state: PlacesState) => void };

/** Loads Google's places library and renders nothing. Another `key` loads it again after a failure. */
export function PlacesScript({ settings, attempt, onState }: Props) {
  const state = usePlacesLibrary(settings, attempt);
  useEffect(() => onState(state), [state, onState]);
  return null;
}
