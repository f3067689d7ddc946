'use client';

import { type ChangeEvent, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { useTranslations } from '@/components/i18n/translations';
import { TextButton } from '@/components/ui/text-link';
import type { PlacesSettings } from '@/lib/config/vendor-settings';
import type { PlacesState } from '@/lib/integrations/google-places/google-places';
import { MIN_SEARCH_LENGTH, useSuggestions } from '@/lib/integrations/google-places/use-suggestions';
import { PlaceList, usePlaceList } from './place-list';
import { PlaceStatus } from './place-status';
import { PlacesScript } from './places-script';
import { SEARCH_INPUT_CLASSES, SearchFrame } from './search-frame';
import type { AddressFieldActions } from './use-address-fields';
import { type Choice, useMirroredText, usePlaceChoice } from './use-place-choice';

export type PlaceComboboxProps = {
  settings: PlacesSettings;
  /** Alpha-2 codes of the countries to search in, the most likely first. */
  countries: readonly string[];
  fieldActions: AddressFieldActions;
  /** The plain input that the combobox replaces. */
  plainInput: RefObject<HTMLInputElement | null>;
  onReady: () => void;
};

/** The list of places under the input (ARIA combobox pattern). A pick fills the fields; a failed search leaves its text there. */
export function PlaceCombobox({ settings, countries, fieldActions, plainInput, onReady }: PlaceComboboxProps) {
  const t = useTranslations('steps.address');
  const [library, setLibrary] = useState<PlacesState>({ status: 'loading' });
  const [attempt, setAttempt] = useState(0);
  const element = useRef<HTMLInputElement>(null);
  const [input, setInput] = useTextOfPlainInput(plainInput, element, onReady);
  const { choice, select, clear } = usePlaceChoice(fieldActions);
  const { items, ...search } = useSearch(library, countries, { input, choice, fieldActions });
  const list = usePlaceList(items, { input, element, onSelect: (item) => select(item, input) });
  const inputProps = list.getInputProps({
    ref: element,
    autoComplete: 'off',
    'aria-describedby': 'place-search-hint',
    'aria-labelledby': undefined,
    onFocus: () => {
      if (library.status === 'failed') setAttempt((previousAttempt) => previousAttempt + 1);
      // Another search replaces the one before.
      if (choice) element.current?.select();
    },
    // Downshift's own change event comes too late to keep the caret in place.
    onChange: (event: ChangeEvent<HTMLInputElement>) => changeText(event.currentTarget.value),
  });
  function changeText(text: string) {
    clear();
    setInput(text);
  }
  const handleClear = () => {
    changeText('');
    element.current?.focus();
  };
  const handleUndo = () => {
    fieldActions.removePick();
    changeText('');
  };

  return (
    <div className="relative">
      <PlacesScript key={attempt} settings={settings} attempt={attempt} onState={setLibrary} />
      <SearchFrame onClear={input ? handleClear : undefined}>
        <input className={SEARCH_INPUT_CLASSES} {...inputProps} />
      </SearchFrame>
      <PlaceList items={items} list={list} />
      <PlaceStatus {...search} country={countries[0] ?? ''} />
      {search.count === 0 ? <Action label={t('byHand')} onPress={() => fieldActions.continueByHand(input)} /> : null}
      {typeof choice === 'object' && choice.hasReplacedText ? <Action label={t('undo')} onPress={handleUndo} /> : null}
    </div>
  );
}

type SearchText = { input: string; choice: Choice | undefined; fieldActions: AddressFieldActions };

/** Searches for the text until a place is chosen. `count` is undefined until the search has answered. */
function useSearch(library: PlacesState, countries: readonly string[], { input, choice, fieldActions }: SearchText) {
  const { result, isFailing } = useSuggestions(library, countries, choice ? '' : input);
  const isMirrored = useMirroredText(fieldActions, input, isFailing && !choice);
  const isSearched = input.trim().length >= MIN_SEARCH_LENGTH && !choice;
  const items = isSearched ? result.items : [];
  const count = isSearched && !isFailing && result.input === input ? items.length : undefined;
  return { items, count, choice, input, isFailing, isMirrored };
}

/** Takes the text over from the plain input, once this input is on the page: the customer types while it loads. */
function useTextOfPlainInput(
  plainInput: RefObject<HTMLInputElement | null>,
  element: RefObject<HTMLInputElement | null>,
  onReady: () => void,
) {
  const [input, setInput] = useState('');
  useLayoutEffect(() => {
    const plainElement = plainInput.current;
    if (!plainElement) return;
    setInput(plainElement.value);
    if (document.activeElement === plainElement) element.current?.focus();
    onReady();
  }, [plainInput, element, onReady]);
  return [input, setInput] as const;
}

const Action = ({ label, onPress }: { label: string; onPress: () => void }) => (
  <TextButton type="button" className="text-left" onClick={onPress}>
    {label}
  </TextButton>
);
