'use client';

import { useCombobox } from 'downshift';
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useWords } from '@/components/words/words';
import type { PlacesSettings } from '@/lib/config/browser-keys';
import { type PlaceSearcher, placeSearcher, type Suggestion, usePlacesLibrary } from '@/lib/places/google-places';
import { type PickedPlace, toPickedPlace } from '@/lib/places/picked-place';

export type PlaceComboboxProps = {
  settings: PlacesSettings;
  /** Alpha-2 codes of the countries to search in, the likeliest first. */
  countries: readonly string[];
  onPick: (place: PickedPlace) => void;
  /** The plain box that this one takes over from. */
  typed: RefObject<HTMLInputElement | null>;
  onReady: () => void;
};

/** Google bills each request: ask when somebody pauses, and not for two letters. */
const PAUSE_MS = 300;
const FEWEST = 3;

/** Texts that will be sent are in the language of the country, not of the page. */
const LANGUAGES: Record<string, string> = { US: 'en', CA: 'en', BR: 'pt' };

/** The list of places under the box (ARIA combobox pattern). Picks go to the form; failures leave it as it was. */
export function PlaceCombobox({ settings, countries, onPick, typed, onReady }: PlaceComboboxProps) {
  const t = useWords('steps.address');
  const library = usePlacesLibrary(settings);
  const [input, setInput] = useState('');
  const [found, setFound] = useState<{ items: readonly Suggestion[]; input: string }>({ items: [], input: '' });
  const [isOpen, setOpen] = useState(false);
  const [failed, setFailed] = useState(false);
  const [picked, setPicked] = useState(false);
  const searcher = useRef<PlaceSearcher>(null);
  const element = useRef<HTMLInputElement>(null);

  // Taking over from the plain box once this one is really on the page: people type on while it is on its way.
  useLayoutEffect(() => {
    const plain = typed.current;
    if (!plain) return;
    setInput(plain.value);
    if (document.activeElement === plain) element.current?.focus();
    onReady();
  }, [typed, onReady]);

  useEffect(() => {
    if (library.status !== 'ready') return;
    searcher.current ??= placeSearcher(library.places, countries, LANGUAGES[countries[0] ?? ''] ?? 'es');
    if (input.trim().length < FEWEST || picked) return;
    let isStale = false;
    const timer = setTimeout(() => {
      searcher.current?.suggest(input).then(
        (items) => {
          if (isStale) return;
          setFound({ items, input });
          // Not left to the next key: the last one may have gone to the plain box.
          setOpen(document.activeElement === element.current);
          setFailed(false);
        },
        () => isStale || setFailed(true),
      );
    }, PAUSE_MS);
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [input, library, countries, picked]);

  const items = input.trim().length < FEWEST || picked ? [] : found.items;
  const { getMenuProps, getInputProps, getItemProps, highlightedIndex } = useCombobox({
    items: [...items],
    inputId: 'place-search',
    isOpen,
    onIsOpenChange: (change) => setOpen(change.isOpen ?? false),
    inputValue: input,
    itemToString: (item) => (item ? `${item.main}, ${item.secondary}` : ''),
    onSelectedItemChange: ({ selectedItem }) => {
      if (!selectedItem) return;
      setPicked(true);
      selectedItem.resolve().then(
        (place) => onPick(toPickedPlace(place)),
        () => setFailed(true),
      );
    },
  });

  const isShown = isOpen && items.length > 0;

  function status(): string {
    if (failed || library.status === 'failed') return t('searchFailed');
    if (picked) return t('picked');
    const isAnswered = found.input === input && input.trim().length >= FEWEST;
    return isAnswered ? t(countOf(items.length), { count: items.length }) : '';
  }

  return (
    <div className="relative">
      <input
        className="control"
        {...getInputProps({
          ref: element,
          autoComplete: 'off',
          'aria-describedby': 'place-search-hint',
          'aria-labelledby': undefined,
          // Not through downshift's own change event: it comes too late to keep the caret in place.
          onChange: (event) => {
            setPicked(false);
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
            <span className="block">
              <Highlighted text={item.main} matches={item.matches} />
            </span>
            <span className="block text-[0.9375rem] text-quiet">{item.secondary}</span>
          </li>
        ))}
        <li role="presentation" className="border-t border-line px-4 py-2 text-right text-sm text-quiet" translate="no">
          Google Maps
        </li>
      </ul>
      <p role="status" className={failed || picked ? 'mt-2 text-[0.9375rem] text-quiet' : 'sr-only'}>
        {status()}
      </p>
    </div>
  );
}

const countOf = (count: number) => (count === 0 ? 'results.none' : count === 1 ? 'results.one' : 'results.other');

function Highlighted({ text, matches: [match] }: { text: string; matches: Suggestion['matches'] }) {
  if (!match) return text;
  const characters = [...text];
  const cut = (from: number, to?: number) => characters.slice(from, to).join('');
  return (
    <>
      {cut(0, match[0])}
      <strong className="font-bold">{cut(...match)}</strong>
      {cut(match[1])}
    </>
  );
}
