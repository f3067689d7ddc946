'use client';

import { SelectField } from '@/components/form/select-field';
import { useLocale, useTranslations } from '@/components/i18n/translations';

/** The country, where a partner offers several. */
export function CountryField({ countries }: { countries: readonly string[] }) {
  const t = useTranslations('steps.address');
  const names = new Intl.DisplayNames(useLocale(), { type: 'region' });
  const options = countries.map((value) => ({ value, label: names.of(value) ?? value }));
  return <SelectField name="countryCode" label={t('countryCode')} autoComplete="country" options={options} />;
}
