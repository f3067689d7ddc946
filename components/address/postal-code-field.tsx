'use client';

import { CheckboxField } from '@/components/form/checkbox-field';
import { useField } from '@/components/form/step-form-context';
import { TextField } from '@/components/form/text-field';
import { useTranslations } from '@/components/i18n/translations';

/** The postal code, with a way out for one that is not in our list of the state's codes. */
export function PostalCodeField({ country }: { country: string }) {
  const t = useTranslations('steps.address');
  const { error } = useField('zipCode');
  return (
    <div>
      <TextField
        name="zipCode"
        label={t('zipCode')}
        inputMode={country === 'MX' ? 'numeric' : 'text'}
        autoComplete="postal-code"
      />
      {/* A ticked box stays in sight. */}
      <div className={error === 'zipCode.state' ? 'mt-1' : 'mt-1 hidden has-checked:block'}>
        <CheckboxField name="zipCodeConfirmed" label={t('zipCodeConfirmed')} />
      </div>
    </div>
  );
}
