'use client';

import { useLocale, useTranslations } from '@/components/i18n/translations';
import type { AddressPrompt } from '@/lib/domain/address/merge-picked-address';
import type { Choice } from './use-place-choice';

const COUNTS = { 0: 'results.none', 1: 'results.one' } as const;

type Props = {
  choice: Choice | undefined;
  /** The country of the fields: Mexico's `city` is a colonia. */
  country: string;
  isFailing: boolean;
  /** While the search fails: the search text, and whether the street field has it. */
  input: string;
  isMirrored: boolean;
  /** How many places were found; undefined while the search is under way. */
  count: number | undefined;
};

/** Announces the state of the search (WCAG 4.1.3). The list itself shows how many places there are. */
export function PlaceStatus({ count, ...props }: Props) {
  const text = useStatusText({ count, ...props });
  const isListShown = !props.choice && !props.isFailing && count !== undefined && count > 0;
  return (
    <p role="status" className={isListShown ? 'sr-only' : text ? 'mt-2 text-[0.9375rem] text-quiet' : ''}>
      {text}
    </p>
  );
}

function useStatusText({ choice, country, isFailing, input, isMirrored, count }: Props): string {
  const t = useTranslations('steps.address');
  const listParts = useListParts(country);
  if (choice === 'lost') return t('placeLost');
  if (choice?.ask?.missing.length) return t('ask.missing', { parts: listParts(choice.ask) });
  if (choice) return t(choice.ask ? 'ask.check' : 'picked');
  // An empty input has no text that could be lost.
  if (isFailing) return input.trim() ? t(isMirrored ? 'searchFailedKept' : 'searchFailed') : '';
  return count === undefined ? '' : t(COUNTS[count as 0 | 1] ?? 'results.other', { count });
}

/** Returns a function that names the missing parts in a sentence: "the street, the number and the state". */
function useListParts(country: string) {
  const t = useTranslations('steps.address');
  const list = new Intl.ListFormat(useLocale(), { type: 'conjunction' });
  return ({ missing }: AddressPrompt) =>
    list.format(missing.map((part) => t(part === 'city' && country === 'MX' ? 'parts.cityMX' : `parts.${part}`)));
}
