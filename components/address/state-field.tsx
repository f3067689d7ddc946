'use client';

import { SelectField } from '@/components/form/select-field';
import { useField } from '@/components/form/step-form-context';
import { TextField } from '@/components/form/text-field';
import { useTranslations } from '@/components/i18n/translations';
import { findState, hasStateTable, listStates } from '@/lib/domain/address/states';

/**
 * The state: a list for a country that has a table, otherwise a text. Browsers' autofill compares both value and text of an
 * option, so they are the two spellings that browsers keep: short and full name (libaddressinput).
 */
export function StateField({ country }: { country: string }) {
  const t = useTranslations('steps.address');
  const { value } = useField('state');
  const fieldProps = { name: 'state', label: t('state'), autoComplete: 'address-level1' };
  if (!hasStateTable(country)) return <TextField {...fieldProps} />;
  const saved = findState(country, value)?.iso;
  const options = listStates(country).map(({ iso, short, name }) => ({
    // A saved answer, or a partner's, stays as it was written.
    value: iso === saved ? value : short,
    label: name,
  }));
  return <SelectField {...fieldProps} options={[{ value: '', label: t('noState') }, ...options]} />;
}
