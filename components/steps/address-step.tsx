'use client';

import { useId } from 'react';
import { PlaceSearch } from '@/components/address/place-search';
import { usePickedPlace } from '@/components/address/use-picked-place';
import { SelectField } from '@/components/form/select-field';
import { StepForm } from '@/components/form/step-form';
import { useField } from '@/components/form/step-form-context';
import { TextField } from '@/components/form/text-field';
import { useLocale, useWords } from '@/components/words/words';
import { MEXICAN_STATES } from '@/lib/domain/address/mexican-states';
import { addressStep } from '@/lib/domain/steps/address/step';
import type { StepProps } from './step-props';

/** The search fills the boxes; the boxes are always there and need nobody's help. */
export function AddressStep(props: StepProps) {
  const { context, places } = props;
  const t = useWords('steps.address');
  const locale = useLocale();
  const stateList = useId();
  const box = usePickedPlace();
  const [onlyCountry] = context.countries.length === 1 ? context.countries : [];
  const isMexican = context.countries[0] === 'MX';
  const names = new Intl.DisplayNames(locale, { type: 'region' });
  const countries = context.countries.map((value) => ({ value, label: names.of(value) ?? value }));
  return (
    <StepForm step={addressStep} {...props}>
      {places ? <PlaceSearch settings={places} countries={context.countries} onPick={box.fill} /> : null}
      <div ref={box.ref} onInput={box.onEdit} className="grid gap-6">
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
          list={isMexican ? stateList : undefined}
        />
        {onlyCountry ? (
          <Hidden name="countryCode" value={onlyCountry} />
        ) : (
          <SelectField name="countryCode" label={t('countryCode')} autoComplete="country" options={countries} />
        )}
        {['streetNumber', 'placeDetail', 'latitude', 'longitude'].map((name) => (
          <Hidden key={name} name={name} />
        ))}
      </div>
      <datalist id={stateList}>
        {MEXICAN_STATES.map(({ iso, name }) => (
          <option key={iso} value={name} />
        ))}
      </datalist>
    </StepForm>
  );
}

function Hidden({ name, value }: { name: string; value?: string }) {
  const field = useField(name);
  return <input type="hidden" name={name} defaultValue={value ?? field.value} />;
}
