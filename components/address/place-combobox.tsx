'use client';

import { useCombobox } from 'downshift';
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useWords } from '@/components/i18n/words';
import { LinkButton } from '@/components/ui/link-button';
import type { PlacesSettings } from '@/lib/config/browser-keys';
import type { PlacesState, Suggestion } from '@/lib/integrations/google-places/google-places';
import { toPickedPlace } from '@/lib/integrations/google-places/picked-place';
import { FEWEST, useSuggestions } from '@/lib/integrations/google-places/use-suggestions';
import { PlaceOption } from './place-option';
import { PlacesScript } from './places-script';
import type { AddressBoxesActions, PickResult } from './use-address-boxes';

export type PlaceComboboxProps = {
  settings: PlacesSettings;
  /** Alpha-2 codes of the countries to search in, the likeliest first. */
  countries: readonly string[];
  boxes: AddressBoxesActions;
  /** The plain box that this one takes over from. */
  typed: RefObject<HTMLInputElement | null>;
  onReady: () => void;
};

/** What became of a choice: the place filled the boxes, or did not come and left its text there. */
type Choice = PickResult | 'lost';

const COUNTS = { 0: 'results.none', 1: 'results.one' } as const;

/** The list of places under the box (ARIA combobox pattern). Picks go to the boxes; so does the text when all else fails. */
export function PlaceCombobox({ settings, countries, boxes, typed, onReady }: PlaceComboboxProps) {
  const t = useWords('steps.address');
  const [library, setLibrary] = useState<PlacesState>({ status: 'loading' });
  const [attempt, setAttempt] = useState(0);
  const [input, setInput] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [choice, setChoice] = useState<Choice>();
  const [isMirrored, setMirrored] = useState(false);
  const element = useRef<HTMLInputElement>(null);
  const actions = useRef(boxes);
  actions.current = boxes;
  const { found, isFailing } = useSuggestions(library, countries, choice ? '' : input);

  // Taking over from the plain box once this one is really on the page: people type on while it is on its way.
  useLayoutEffect(() => {
    const plain = typed.current;
    if (!plain) return;
    setInput(plain.value);
    if (document.activeElement === plain) element.current?.focus();
    onReady();
  }, [typed, onReady]);

  // Not left to the next key: the last one may have gone to the plain box.
  useEffect(() => {
    if (found.items.length > 0) setOpen(document.activeElement === element.current);
  }, [found]);

  // While nothing can be found, what is typed here is not lost: it is the street.
  useEffect(() => {
    if (isFailing && !choice && input.trim()) setMirrored(actions.current.mirror(input));
  }, [isFailing, choice, input]);

  const isLongEnough = input.trim().length >= FEWEST;
  const isAnswered = isLongEnough && !choice && !isFailing && found.input === input;
  const items = isLongEnough && !choice ? found.items : [];

  function choose(item: Suggestion | null) {
    if (!item) return;
    const lost = () => {
      actions.current.mirror(item.main);
      actions.current.goToOpen();
      setChoice('lost');
    };
    item.resolve().then((place) => setChoice(actions.current.fill(toPickedPlace(place), input)), lost);
  }

  const { getMenuProps, getInputProps, getItemProps, highlightedIndex } = useCombobox({
    items: [...items],
    inputId: 'place-search',
    isOpen,
    onIsOpenChange: (change) => setOpen(change.isOpen ?? false),
    inputValue: input,
    // Every choice is a new one, the same place twice included.
    selectedItem: null,
    itemToString: (item) => (item ? `${item.main}, ${item.secondary}` : ''),
    onSelectedItemChange: ({ selectedItem }) => choose(selectedItem),
  });

  const isShown = isOpen && items.length > 0;

  function status(): { text: string; isSaid?: boolean } {
    if (choice === 'lost') return { text: t('placeLost') };
    if (choice) return { text: t(choice.ask ? `ask.${choice.ask.why}` : 'picked') };
    // Who typed nothing here has lost nothing.
    if (isFailing) return { text: input.trim() ? t(isMirrored ? 'searchFailedKept' : 'searchFailed') : '' };
    if (!isAnswered) return { text: '' };
    const count = items.length;
    return { text: t(COUNTS[count as 0 | 1] ?? 'results.other', { count }), isSaid: count > 0 };
  }
  const { text, isSaid } = status();

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
          onFocus: () => library.status === 'failed' && setAttempt((before) => before + 1),
          // Not through downshift's own change event: it comes too late to keep the caret in place.
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
      <p role="status" className={isSaid ? 'sr-only' : text ? 'mt-2 text-[0.9375rem] text-quiet' : ''}>
        {text}
      </p>
      {isAnswered && items.length === 0 ? (
        <LinkButton
          onClick={() => {
            boxes.mirror(input);
            boxes.goToOpen();
          }}
        >
          {t('byHand')}
        </LinkButton>
      ) : null}
      {typeof choice === 'object' && choice.replaced ? (
        <LinkButton
          onClick={() => {
            boxes.undo();
            setChoice(undefined);
            setInput('');
          }}
        >
          {t('undo')}
        </LinkButton>
      ) : null}
    </div>
  );
}
