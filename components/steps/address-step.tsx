'use client';

import { useId, useMemo, useState } from 'react';
import { PlaceSearch } from '@/components/address/place-search';
import { PICK_FIELDS, type PickFields, useAddressFields } from '@/components/address/use-address-fields';
import { SelectField } from '@/components/form/select-field';
import { StepForm } from '@/components/form/step-form';
import { useField } from '@/components/form/step-form-context';
import { TextField } from '@/components/form/text-field';
import { useLocale, useTranslations } from '@/components/i18n/translations';
import { TextButton } from '@/components/ui/text-link';
import { getFieldText } from '@/lib/domain/form-input';
import { addressStep } from '@/lib/domain/steps/address/step';
import type { StepProps } from './step-props';

/** The address, with a search that fills the fields. The fields also work without it. */
export function AddressStep(props: StepProps) {
  const { context, places, values } = props;
  const t = useTranslations('steps.address');
  const locale = useLocale();
  const stateListId = useId();
  const [country, setCountry] = useState(getFieldText(values, 'countryCode') || context.countries[0] || '');
  const searchCountries = useMemo(() => [...new Set([country, ...context.countries])], [country, context.countries]);
  const { ref, actions, place, isDropped, onInput, applyPick } = useAddressFields(setCountry);
  const [onlyCountry] = context.countries.length === 1 ? context.countries : [];
  const isMexican = country === 'MX';
  const names = new Intl.DisplayNames(locale, { type: 'region' });
  const countries = context.countries.map((value) => ({ value, label: names.of(value) ?? value }));
  return (
    <StepForm step={addressStep} {...props}>
      {places ? <PlaceSearch settings={places} countries={searchCountries} fieldActions={actions} /> : null}
      <div ref={ref} onInput={onInput} className="grid gap-6">
        <TextField name="address1" label={t('address1')} autoComplete="address-line1" />
        <TextField name="address2" label={t('address2')} optional autoComplete="address-line2" />
        <TextField
          name="zipCode"
          label={t('zipCode')}
          inputMode={isMexican ? 'numeric' : 'text'}
          autoComplete="postal-code"
        />
        <TextField
          name="city"
          label={t(isMexican ? 'cityMX' : 'city')}
          autoComplete={isMexican ? 'address-level3' : 'address-level2'}
        />
        <TextField
          name="address3"
          label={t(isMexican ? 'address3MX' : 'address3')}
          optional
          autoComplete={isMexican ? 'address-level2' : 'address-level3'}
        />
        <TextField
          name="state"
          label={t('state')}
          autoComplete="address-level1"
          list={country === context.country ? stateListId : undefined}
        />
        {onlyCountry ? (
          <input type="hidden" name="countryCode" value={onlyCountry} />
        ) : (
          <SelectField name="countryCode" label={t('countryCode')} autoComplete="country" options={countries} />
        )}
        {PICK_FIELDS.map((name) => (
          <Hidden key={name} name={name} place={place} />
        ))}
      </div>
      <datalist id={stateListId}>
        {context.states.map(({ iso, name }) => (
          <option key={iso} value={name} />
        ))}
      </datalist>
      <div role="status" className={isDropped ? 'rounded-control border border-line px-4 py-3' : 'hidden'}>
        {isDropped ? (
          <>
            <p>{t('dropped')}</p>
            <TextButton type="button" className="text-left" onClick={applyPick}>
              {t('restore')}
            </TextButton>
          </>
        ) : null}
      </div>
    </StepForm>
  );
}

/** Uses `value`, since a hidden input has no separate default value and a render would restore the first one. */
function Hidden({ name, place }: { name: keyof PickFields; place: PickFields | undefined }) {
  const { value } = useField(name);
  return <input type="hidden" name={name} value={place?.[name] ?? value} />;
}
