'use client';

import { useEffect, useRef, useState } from 'react';
import { useTranslations } from '@/components/i18n/translations';

type Place = { latitude: number; longitude: number };

const TIMEOUT_MS = 15_000;

/** Asks for permission to submit the device's position. The page reads it only after the customer checks the box; unchecking deletes it. */
export function CallLocation() {
  const t = useTranslations('review');
  const { status, place, toggle } = useDevicePosition();
  const inputRef = useRef<HTMLInputElement>(null);

  // Handles a box that was checked before the script arrived.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the form is there
  useEffect(() => {
    if (inputRef.current?.checked) toggle(true);
  }, []);

  const statusTexts = {
    off: t('locationHint'),
    asking: t('locationAsking'),
    shared: t('locationShared'),
    denied: t('locationDenied'),
  };
  return (
    <div className="needs-script rounded-control border border-line bg-surface px-5 py-4">
      <label className="flex min-h-11 cursor-pointer items-center gap-4 font-semibold">
        <input
          ref={inputRef}
          type="checkbox"
          className="size-5 shrink-0 accent-accent"
          checked={status === 'asking' || status === 'shared'}
          onChange={(event) => toggle(event.currentTarget.checked)}
        />
        <span>{t('location')}</span>
      </label>
      <p role="status" className="mt-1 text-[0.9375rem] text-quiet">
        {statusTexts[status]}
      </p>
      {place ? (
        <>
          <input type="hidden" name="callLocationLatitude" value={place.latitude} />
          <input type="hidden" name="callLocationLongitude" value={place.longitude} />
        </>
      ) : null}
    </div>
  );
}

/** The device's position: `toggle` asks the browser for it, or deletes it. */
function useDevicePosition() {
  const [status, setStatus] = useState<'off' | 'asking' | 'shared' | 'denied'>('off');
  const [place, setPlace] = useState<Place>();
  function toggle(isOn: boolean) {
    setPlace(undefined);
    setStatus(isOn ? 'asking' : 'off');
    if (!isOn) return;
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude } }) => {
        setPlace({ latitude, longitude });
        setStatus('shared');
      },
      () => setStatus('denied'),
      { timeout: TIMEOUT_MS },
    );
  }
  return { status, place, toggle };
}
