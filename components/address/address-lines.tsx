'use client';

import type { ReactNode } from 'react';
import { getKnownClass, useStepForm } from '@/components/form/step-form-context';
import { TextField } from '@/components/form/text-field';
import { useTranslations } from '@/components/i18n/translations';
import { CountryField } from './country-field';
import { DroppedNotice } from './dropped-notice';
import { PostalCodeField } from './postal-code-field';
import { StateField } from './state-field';

type Props = {
  country: string;
  /** Alpha-2 codes. With one there is nothing to choose. */
  countries: readonly string[];
  /** The card shows all lines but the apartment, which only the customer knows. */
  isInCard: boolean;
  /** The field whose edit dropped the chosen place. */
  droppedAt: string | undefined;
  onRestore: () => void;
};

/** The lines of an address by hand, each with the notice that its edit may cause. */
export function AddressLines({ country, countries, isInCard, droppedAt, onRestore }: Props) {
  const t = useTranslations('steps.address');
  const { knownFields, errors } = useStepForm();
  const isMexican = country === 'MX';
  const [cityToken, districtToken] = ['address-level2', 'address-level3'];
  const lines: Record<string, ReactNode> = {
    address1: <TextField name="address1" label={t('address1')} autoComplete="address-line1" />,
    address2: <TextField name="address2" label={t('address2')} optional autoComplete="address-line2" />,
    zipCode: <PostalCodeField country={country} />,
    city: (
      <TextField
        name="city"
        label={t(isMexican ? 'cityMX' : 'city')}
        autoComplete={isMexican ? districtToken : cityToken}
      />
    ),
    address3: (
      <TextField
        name="address3"
        label={t(isMexican ? 'address3MX' : 'address3')}
        optional
        autoComplete={isMexican ? cityToken : districtToken}
      />
    ),
    state: <StateField country={country} />,
    ...(countries.length > 1 && { countryCode: <CountryField countries={countries} /> }),
  };
  return Object.entries(lines).map(([name, line]) => (
    <div
      key={name}
      className={isInCard && name !== 'address2' ? 'hidden' : getKnownClass(knownFields.includes(name), errors[name])}
    >
      {line}
      <DroppedNotice isShown={droppedAt === name} onRestore={onRestore} />
    </div>
  ));
}
