'use client';

import { useCombobox } from 'downshift';
import { type RefObject, useEffect, useState } from 'react';
import { useTranslations } from '@/components/i18n/translations';
import type { Suggestion } from '@/lib/integrations/google-places/google-places';
import { PlaceOption } from './place-option';

type ListOptions = {
  input: string;
  element: RefObject<HTMLInputElement | null>;
  onSelect: (item: Suggestion) => void;
};

/** The list of places of a search (ARIA combobox pattern). It opens when places arrive and the input has the focus. */
export function usePlaceList(items: readonly Suggestion[], { input, element, onSelect }: ListOptions) {
  const [isOpen, setOpen] = useState(false);
  // Searches at once, since the last key may have gone to the plain input.
  useEffect(() => {
    if (items.length > 0) setOpen(document.activeElement === element.current);
  }, [items, element]);
  const combobox = useCombobox({
    items: [...items],
    inputId: 'place-search',
    isOpen,
    onIsOpenChange: (change) => setOpen(change.isOpen ?? false),
    inputValue: input,
    // Choosing the same place twice is a new choice.
    selectedItem: null,
    itemToString: (item) => (item ? `${item.main}, ${item.secondary}` : ''),
    onSelectedItemChange: ({ selectedItem }) => selectedItem && onSelect(selectedItem),
  });
  return { ...combobox, isShown: isOpen && items.length > 0 };
}

type Props = { items: readonly Suggestion[]; list: ReturnType<typeof usePlaceList> };

export function PlaceList({ items, list: { getMenuProps, getItemProps, highlightedIndex, isShown } }: Props) {
  const t = useTranslations('steps.address');
  return (
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
  );
}
