'use client';

import dynamic from 'next/dynamic';
import { type ComponentType, useCallback, useEffect, useRef, useState } from 'react';
import { LABEL_CLASSES } from '@/components/form/field';
import { AgentPromptSlot } from '@/components/form/step-form-context';
import { useTranslations } from '@/components/i18n/translations';
import type { PlaceComboboxProps } from './place-combobox';
import { SEARCH_INPUT_CLASSES, SearchFrame } from './search-frame';

type Props = Omit<PlaceComboboxProps, 'plainInput' | 'onReady'>;

const PlaceCombobox: ComponentType<PlaceComboboxProps> = dynamic(
  () => import('./place-combobox').then((module) => module.PlaceCombobox),
  {
    ssr: false,
  },
);

/**
 * The search input. Until the customer focuses it, it is a plain input and loads neither Google's script nor the list's code;
 * then it becomes the combobox and keeps the typed text.
 */
export function PlaceSearch(props: Props) {
  const t = useTranslations('steps.address');
  const [isWanted, setIsWanted] = useState(false);
  const [isReady, setIsReady] = useState(false);
  const onComboboxReady = useCallback(() => setIsReady(true), []);
  const inputRef = useRef<HTMLInputElement>(null);
  // On a slow phone the customer may focus the input before the script runs, and the event does not repeat.
  useEffect(() => setIsWanted(document.activeElement === inputRef.current), []);
  return (
    <div className="needs-script">
      <label htmlFor="place-search" className={`mb-0.5 block ${LABEL_CLASSES}`}>
        {t('search')}
      </label>
      <p id="place-search-hint" className="mb-1 text-sm text-quiet">
        {t('searchHint')}
      </p>
      <AgentPromptSlot name="search" />
      {isReady ? null : (
        <SearchFrame>
          <input
            ref={inputRef}
            id="place-search"
            className={SEARCH_INPUT_CLASSES}
            autoComplete="off"
            enterKeyHint="search"
            aria-describedby="place-search-hint"
            onFocus={() => setIsWanted(true)}
          />
        </SearchFrame>
      )}
      {isWanted ? <PlaceCombobox {...props} plainInput={inputRef} onReady={onComboboxReady} /> : null}
    </div>
  );
}
