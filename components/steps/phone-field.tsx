'use client';

import { useEffect, useState } from 'react';
import { SelectField } from '@/components/form/select-field';
import { findInput, useStepForm } from '@/components/form/step-form-context';
import { TextField } from '@/components/form/text-field';
import { useLocale } from '@/components/i18n/translations';
import { getFieldText } from '@/lib/domain/form-input';
import { isInternational, readPhone } from '@/lib/domain/phone/phone';
import type { PhoneRules } from '@/lib/domain/phone/phone-rules';

type Props = {
  rules: readonly PhoneRules[];
  label: string;
  countryLabel: string;
  /** Returns the hint with an example number of the country. */
  hint: (example: string) => string;
  autoComplete: 'tel' | 'off';
};

/**
 * The phone with an example of its country, and with the calling code unless the customer types one. If there are several countries, a select precedes it and follows an
 * international number.
 */
export function PhoneField({ rules, label, countryLabel, hint, autoComplete }: Props) {
  const { values } = useStepForm();
  const saved = getFieldText(values, 'phoneCountry');
  const [country, setCountry] = useState(saved || rules[0]?.country);
  const [hasCode, setHasCode] = useState(isInternational(getFieldText(values, 'phoneNumber')));
  const { example } = rules.find((rule) => rule.country === country) ?? { example: '' };

  const [onlyRule] = rules.length === 1 ? rules : [];

  function updateCountry() {
    const [number, select] = [findInput('phoneNumber'), findInput('phoneCountry')];
    setHasCode(isInternational(number?.value ?? ''));
    if (!select) return;
    const phone = number && isInternational(number.value) ? readPhone(number.value, rules, undefined) : undefined;
    if (phone) select.value = phone.country;
    setCountry(select.value);
  }

  // Reads values that were entered before the script arrived.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the form is there
  useEffect(updateCountry, []);

  return (
    <div className="grid gap-3" onInput={updateCountry}>
      {rules.length > 1 ? <CountryField rules={rules} label={countryLabel} autoComplete={autoComplete} /> : null}
      <TextField
        name="phoneNumber"
        label={label}
        hint={hint(example)}
        prefix={onlyRule && !hasCode ? `+${onlyRule.callingCode}` : undefined}
        type="tel"
        inputMode="tel"
        autoComplete={autoComplete}
      />
    </div>
  );
}

/** The country of a phone number. */
export function CountryField({ rules, label, autoComplete }: Pick<Props, 'rules' | 'label' | 'autoComplete'>) {
  const names = new Intl.DisplayNames(useLocale(), { type: 'region' });
  return (
    <SelectField
      name="phoneCountry"
      label={label}
      autoComplete={autoComplete === 'off' ? 'off' : 'tel-country-code'}
      options={rules.map(({ country, callingCode }) => ({
        value: country,
        label: `${names.of(country) ?? country} (+${callingCode})`,
      }))}
    />
  );
}
