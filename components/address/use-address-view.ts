'use client';

import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useStepForm } from '@/components/form/step-form-context';
import { ADDRESS_FIELDS, type AddressValues } from '@/lib/domain/address/address-values';
import { getFieldText } from '@/lib/domain/form-input';
import { addressStep } from '@/lib/domain/steps/address/step';

/** `folded`: only the search and a line that opens the others; `lines`: all lines; `card`: the chosen address in one card. */
type AddressView = 'folded' | 'lines' | 'card';

/** Decides how much of the address is shown. A saved address, an error and an agent's page show all lines. */
export function useAddressView(hasSearch: boolean) {
  const { errors, values, agentPrompts } = useStepForm();
  const canFold = hasSearch && !agentPrompts;
  const isBlank = ADDRESS_FIELDS.every((name) => getFieldText(values, name) === '');
  const [view, setView] = useState<AddressView>(canFold && isBlank ? 'folded' : 'lines');
  const [cardFields, setCardFields] = useState<AddressValues>();
  const details = useRef<HTMLDetailsElement>(null);

  const hasError = addressStep.fields.some((name) => errors[name]);
  // A page that was reloaded gets its half-filled form a moment later.
  if ((hasError && view !== 'lines') || (view === 'folded' && !isBlank)) setView('lines');
  // The customer may have opened the lines before the script arrived.
  useEffect(() => {
    if (details.current?.open) setView('lines');
  }, []);

  return {
    view,
    cardFields,
    details,
    /** Shows all lines at once, so that one of them can take the focus. */
    openLines: () => flushSync(() => setView('lines')),
    /** Shows all lines with the next render. */
    showLines: () => setView('lines'),
    showCard(fields: AddressValues) {
      if (!canFold) return;
      setCardFields(fields);
      setView('card');
    },
  };
}
