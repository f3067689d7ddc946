'use client';

import dynamic from 'next/dynamic';
import { type FormEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useField, useStepForm } from '@/components/form/step-form-context';
import { useTranslations } from '@/components/i18n/translations';
import type { PlacesSettings } from '@/lib/config/vendor-settings';
import type { SavedPostalArea } from '@/lib/domain/address/postal-area';
import { hasStateTable } from '@/lib/domain/address/states';
import { getFieldText } from '@/lib/domain/form-input';
import type { JourneyContext } from '@/lib/domain/journey-context';
import { createAddressInputs } from './address-inputs';
import { CountryField } from './country-field';
import { FoldedLines } from './folded-lines';
import { PlaceSearch } from './place-search';
import { useAddressFields } from './use-address-fields';
import { useAddressView } from './use-address-view';
import { PICK_FIELDS, type PickFields } from './use-applied-pick';
import { type ByHandReason, usePostalMode } from './use-postal-mode';
import { useSuggestedState } from './use-suggested-state';

/** Loaded only where the operator has a table of postal codes. */
const PostalLines = dynamic(() => import('./postal-lines').then((module) => module.PostalLines));

type Props = { context: JourneyContext; places: PlacesSettings | undefined; postal: SavedPostalArea | undefined };

/** The address: from its postal code where the operator has a table of them, else from a search, and always line by line. */
export function AddressFields({ context, places, postal: savedPostal }: Props) {
  const root = useRef<HTMLDivElement>(null);
  const inputs = useMemo(() => createAddressInputs(root), []);
  const [country, setCountry] = useCountry(context, inputs.getCountry);
  const searchCountries = useMemo(
    () => [...new Set([country || context.country, ...context.countries])],
    [country, context],
  );
  const view = useAddressView(places !== undefined);
  const { actions, place, droppedAt, check, restorePick } = useAddressFields(inputs, setCountry, view);
  const suggestState = useSuggestedState(inputs, context.postalPrefixes);
  const canSearch = (reason: ByHandReason) => reason === 'asked' && places !== undefined;
  const postal = usePostalMode(inputs, {
    saved: country === 'MX' ? savedPostal : undefined,
    onLeave: (reason) => canSearch(reason) || view.showLines(),
    onByHand(reason) {
      suggestState();
      // The summary of the errors has the focus.
      if (reason !== 'errors') document.getElementById(canSearch(reason) ? 'place-search' : 'address1')?.focus();
    },
  });

  function handleInput({ target }: FormEvent) {
    const { name } = target as HTMLInputElement;
    if (name === 'countryCode') setCountry(inputs.getCountry());
    if (name === 'zipCode' || name === 'state') suggestState();
    if (name) check(name);
  }

  const lines = { country, countries: context.countries, droppedAt, onRestore: restorePick };
  return (
    <>
      {places && !postal.isOn ? (
        <PlaceSearch settings={places} countries={searchCountries} fieldActions={actions} />
      ) : null}
      {savedPostal ? <PostalProblem reason={postal.byHand} /> : null}
      <div ref={root} onInput={handleInput} className="grid grid-cols-1 gap-3">
        {postal.isOn ? (
          <>
            <PostalLines inputs={inputs} savedArea={savedPostal?.area} onByHand={postal.leave} />
            {context.countries.length > 1 ? <CountryField countries={context.countries} /> : null}
          </>
        ) : (
          <FoldedLines view={view} onOpen={actions.focusEmptyField} onChange={actions.focusFirstField} {...lines} />
        )}
        <PickFieldInputs countries={context.countries} place={place} />
      </div>
    </>
  );
}

/** Announces why the lines are asked for although there is a table of postal codes. */
function PostalProblem({ reason }: { reason: ByHandReason | undefined }) {
  const t = useTranslations('steps.address');
  const texts: Partial<Record<ByHandReason, string>> = {
    unknown: t('settlements.none'),
    failed: t('settlements.failed'),
  };
  const text = (reason && texts[reason]) ?? '';
  return (
    <p role="status" className={text ? 'text-quiet' : 'sr-only'}>
      {text}
    </p>
  );
}

/** The chosen country. Without script a list of states could not follow the choice of a country that has none. */
function useCountry({ countries }: JourneyContext, getCountry: () => string) {
  const { values } = useStepForm();
  const firstCountry = countries.every(hasStateTable) ? countries[0] : '';
  const [country, setCountry] = useState(getFieldText(values, 'countryCode') || firstCountry || '');
  // The customer may have chosen one before the script arrived.
  useEffect(() => setCountry(getCountry()), [getCountry]);
  return [country, setCountry] as const;
}

/** The hidden fields: what only a pick provides, and the only country. */
function PickFieldInputs({ countries, place }: { countries: readonly string[]; place: PickFields | undefined }) {
  return (
    <>
      {countries.length === 1 ? <input type="hidden" name="countryCode" value={countries[0]} /> : null}
      {PICK_FIELDS.map((name) => (
        <Hidden key={name} name={name} place={place} />
      ))}
    </>
  );
}

/** Uses `value`, since a hidden input has no separate default value and a render would restore the first one. */
function Hidden({ name, place }: { name: keyof PickFields; place: PickFields | undefined }) {
  const { value } = useField(name);
  return <input type="hidden" name={name} value={place?.[name] ?? value} />;
}
