'use client';

import type { ReactNode } from 'react';
import { useTranslations } from '@/components/i18n/translations';

type Props = {
  /** Clears the search; undefined while there is nothing to clear. */
  onClear?: (() => void) | undefined;
  children: ReactNode;
};

/** Classes of an input that leaves room for both signs. */
export const SEARCH_INPUT_CLASSES = 'control pr-12 pl-12';

/** A magnifier before an input and a cross after it, which say that it is a search. */
export function SearchFrame({ onClear, children }: Props) {
  const t = useTranslations('steps.address');
  return (
    <div className="relative">
      <Sign
        path="M9 3a6 6 0 1 0 0 12A6 6 0 0 0 9 3Zm4.3 10.3L18 18"
        className="pointer-events-none absolute left-4 text-quiet"
      />
      {children}
      {onClear ? (
        <button
          type="button"
          aria-label={t('clearSearch')}
          className="absolute inset-y-0 right-0 grid w-12 cursor-pointer place-items-center rounded-control border border-transparent"
          onClick={onClear}
        >
          <Sign path="M4 4l12 12M16 4 4 16" className="" />
        </button>
      ) : null}
    </div>
  );
}

const Sign = ({ path, className }: { path: string; className: string }) => (
  <svg
    viewBox="0 0 20 20"
    aria-hidden="true"
    className={`inset-y-0 my-auto size-5 fill-none stroke-current stroke-2 ${className}`}
  >
    <path d={path} strokeLinecap="round" />
  </svg>
);
