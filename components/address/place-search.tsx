'use client';

import dynamic from 'next/dynamic';
import { type ComponentType, useCallback, useEffect, useRef, useState } from 'react';
import { Aside } from '@/components/form/step-form-context';
import { useWords } from '@/components/i18n/words';
import type { PlaceComboboxProps } from './place-combobox';

type Props = Omit<PlaceComboboxProps, 'typed' | 'onReady'>;

const PlaceCombobox: ComponentType<PlaceComboboxProps> = dynamic(
  () => import('./place-combobox').then((module) => module.PlaceCombobox),
  {
    ssr: false,
  },
);

/**
 * The search box. Until somebody goes there it is a plain input and neither Google's script nor the list's code has been
 * loaded; then it becomes the combobox with what was typed so far.
 */
export function PlaceSearch(props: Props) {
  const t = useWords('steps.address');
  const [wanted, setWanted] = useState(false);
  const [ready, setReady] = useState(false);
  const takeOver = useCallback(() => setReady(true), []);
  const box = useRef<HTMLInputElement>(null);
  // On a slow phone people reach the box before the script does, and their focus is not told again.
  useEffect(() => setWanted(document.activeElement === box.current), []);
  return (
    <div className="needs-script">
      <label htmlFor="place-search" className="mb-1 block font-semibold">
        {t('search')}
      </label>
      <p id="place-search-hint" className="mb-2 text-[0.9375rem] text-quiet">
        {t('searchHint')}
      </p>
      <Aside name="search" />
      {ready ? null : (
        <input
          ref={box}
          id="place-search"
          className="control"
          autoComplete="off"
          enterKeyHint="search"
          aria-describedby="place-search-hint"
          onFocus={() => setWanted(true)}
        />
      )}
      {wanted ? <PlaceCombobox {...props} typed={box} onReady={takeOver} /> : null}
    </div>
  );
}
