'use client';

import { type ComponentProps, useEffect } from 'react';
import { useTranslations } from '@/components/i18n/translations';
import { AddressCard } from './address-card';
import { AddressLines } from './address-lines';
import type { useAddressView } from './use-address-view';

type Props = Omit<ComponentProps<typeof AddressLines>, 'isInCard'> & {
  view: ReturnType<typeof useAddressView>;
  /** Shows the lines and focuses the first empty one. */
  onOpen: () => void;
  /** Shows the lines of the card. */
  onChange: () => void;
};

/** The lines of the address: folded until the customer asks for them, in one card once a place has filled them. */
export function FoldedLines({ view: { view, cardFields, details }, onOpen, onChange, ...lines }: Props) {
  const t = useTranslations('steps.address');
  const isFolded = view === 'folded';
  // A press before the script arrived opened the lines. React renders no update from inside an effect at once.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the form is there
  useEffect(() => {
    if (isFolded && details.current?.open && document.activeElement?.matches('summary')) queueMicrotask(onOpen);
  }, []);
  return (
    <details ref={details} open={!isFolded} className="noscript:details-content:[content-visibility:visible]">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a summary is a control */}
      <summary
        className={isFolded ? 'flex min-h-11 cursor-pointer items-center underline underline-offset-4' : 'hidden'}
        onClick={(event) => {
          event.preventDefault();
          onOpen();
        }}
      >
        {t('byHand')}
      </summary>
      <div className="grid grid-cols-1 gap-3">
        {view === 'card' && cardFields ? (
          <AddressCard country={lines.country} fields={cardFields} onChange={onChange} />
        ) : null}
        <AddressLines {...lines} isInCard={view === 'card'} />
      </div>
    </details>
  );
}
