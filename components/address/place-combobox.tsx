'use client';

import { useCombobox } from 'downshift';
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslations } from '@/components/i18n/translations';
import { TextButton } from '@/components/ui/text-link';
import type { PlacesSettings } from '@/lib/config/vendor-settings';
import type { PlacesState, Suggestion } from '@/lib/integrations/google-places/google-places';
import { toPickedPlace } from '@/lib/integrations/google-places/picked-place';
import { MIN_SEARCH_LENGTH, useSuggestions } from '@/lib/integrations/google-places/use-suggestions';
import { PlaceOption } from './place-option';
import { PlacesScript } from './places-script';
import type { AddressFieldActions, PickResult } from './use-address-fields';

export type PlaceComboboxProps = {
  settings: PlacesSettings;
  /** Alpha-2 codes of the countries to search in, the most likely first. */
  countries: readonly string[];
  fieldActions: AddressFieldActions;
  /** The plain input that the combobox replaces. */
  plainInput: RefObject<HTMLInputElement | null>;
  onReady: () => void;
};

/** The result of a choice: the place filled the fields, or Google did not return it and only its text was written. */
type Choice = PickResult | 'lost';

const COUNTS = { 0: 'results.none', 1: 'results.one' } as const;

/** The list of places under the input (ARIA combobox pattern). A pick fills the fields; a failed search leaves its text there. */
export function PlaceCombobox({ settings, countries, fieldActions, plainInput, onReady }: PlaceComboboxProps) {
  const t = useTranslations('steps.address');
  const [library, setLibrary] = useState<PlacesState>({ status: 'loading' });
  const [attempt, setAttempt] = useState(0);
  const [input, setInput] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [choice, setChoice] = useState<Choice>();
  const [isMirrored, setMirrored] = useState(false);
  const element = useRef<HTMLInputElement>(null);
  const actions = useRef(fieldActions);
  actions.current = fieldActions;
  const { result: suggestions, isFailing } = useSuggestions(library, countries, choice ? '' : input);

  // Replaces the plain input only once this one is on the page: the customer types while it loads.
  useLayoutEffect(() => {
    const plainElement = plainInput.current;
    if (!plainElement) return;
    setInput(plainElement.value);
    if (document.activeElement === plainElement) element.current?.focus();
    onReady();
  }, [plainInput, onReady]);

  // Searches at once, since the last key may have gone to the plain input.
  useEffect(() => {
    if (suggestions.items.length > 0) setOpen(document.activeElement === element.current);
  }, [suggestions]);

  // While the search fails, the typed text goes to the street field.
  useEffect(() => {
    if (isFailing && !choice && input.trim()) setMirrored(actions.current.writeStreet(input));
  }, [isFailing, choice, input]);

  const isLongEnough = input.trim().length >= MIN_SEARCH_LENGTH;
  const isAnswered = isLongEnough && !choice && !isFailing && suggestions.input === input;
  const items = isLongEnough && !choice ? suggestions.items : [];

  function selectSuggestion(item: Suggestion | null) {
    if (!item) return;
    const handlePlaceError = () => {
      actions.current.writeStreet(item.main);
      actions.current.focusEmptyField();
      setChoice('lost');
    };
    item
      .resolve()
      .then((place) => setChoice(actions.current.applyPlace(toPickedPlace(place), input)), handlePlaceError);
  }

  const { getMenuProps, getInputProps, getItemProps, highlightedIndex } = useCombobox({
    items: [...items],
    inputId: 'place-search',
    isOpen,
    onIsOpenChange: (change) => setOpen(change.isOpen ?? false),
    inputValue: input,
    // Choosing the same place twice is a new choice.
    selectedItem: null,
    itemToString: (item) => (item ? `${item.main}, ${item.secondary}` : ''),
    onSelectedItemChange: ({ selectedItem }) => selectSuggestion(selectedItem),
  });

  const isShown = isOpen && items.length > 0;

  function getStatus(): { text: string; isScreenReaderOnly?: boolean } {
    if (choice === 'lost') return { text: t('placeLost') };
    if (choice) return { text: t(choice.ask ? `ask.${choice.ask.reason}` : 'picked') };
    // An empty input has no text that could be lost.
    if (isFailing) return { text: input.trim() ? t(isMirrored ? 'searchFailedKept' : 'searchFailed') : '' };
    if (!isAnswered) return { text: '' };
    const count = items.length;
    return { text: t(COUNTS[count as 0 | 1] ?? 'results.other', { count }), isScreenReaderOnly: count > 0 };
  }
  const { text, isScreenReaderOnly } = getStatus();

  return (
    <div className="relative">
      <PlacesScript key={attempt} settings={settings} attempt={attempt} onState={setLibrary} />
      <input
        className="control"
        {...getInputProps({
          ref: element,
          autoComplete: 'off',
          'aria-describedby': 'place-search-hint',
          'aria-labelledby': undefined,
          onFocus: () => library.status === 'failed' && setAttempt((previousAttempt) => previousAttempt + 1),
          // Downshift's own change event comes too late to keep the caret in place.
          onChange: (event) => {
            setChoice(undefined);
            setInput(event.currentTarget.value);
          },
        })}
      />
      <ul
        {...getMenuProps({ 'aria-label': t('search'), 'aria-labelledby': undefined })}
        className={
          isShown
            ? 'absolute z-10 mt-1 w-full overflow-hidden rounded-control border border-control bg-surface shadow-lg'
            : 'hidden'
        }
      >
        {items.map((item, index) => (
          <li
            key={item.id}
            {...getItemProps({ item, index })}
            className={`min-h-target cursor-pointer px-4 py-2 ${highlightedIndex === index ? 'bg-raised' : ''}`}
          >
            <PlaceOption item={item} />
          </li>
        ))}
        <li role="presentation" className="border-t border-line px-4 py-2 text-right text-sm text-quiet" translate="no">
          Google Maps
        </li>
      </ul>
      <p role="status" className={isScreenReaderOnly ? 'sr-only' : text ? 'mt-2 text-[0.9375rem] text-quiet' : ''}>
        {text}
      </p>
      {isAnswered && items.length === 0 ? (
        <TextButton
          type="button"
          className="text-left"
          onClick={() => {
            fieldActions.writeStreet(input);
            fieldActions.focusEmptyField();
          }}
        >
          {t('byHand')}
        </TextButton>
      ) : null}
      {typeof choice === 'object' && choice.hasReplacedText ? (
        <TextButton
          type="button"
          className="text-left"
          onClick={() => {
            fieldActions.removePick();
            setChoice(undefined);
            setInput('');
          }}
        >
          {t('undo')}
        </TextButton>
      ) : null}
    </div>
  );
}
