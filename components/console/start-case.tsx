'use client';

import { ChoiceField } from '@/components/form/choice-field';
import { StepForm, type StepFormProps } from '@/components/form/step-form';
import { useTranslations } from '@/components/i18n/translations';
import { PhoneField } from '@/components/steps/phone-field';
import { SPOKEN_LANGUAGES, startStep } from '@/lib/domain/assist/start-step';

const INITIAL_VALUES = { spoken: SPOKEN_LANGUAGES[0] };

/** Starts a case with the phone, which finds the customer's open case in the shop. */
export function StartCase(props: Pick<StepFormProps, 'title' | 'context' | 'action'>) {
  const t = useTranslations('assist');
  return (
    <StepForm {...props} step={startStep} values={INITIAL_VALUES}>
      <PhoneField
        rules={props.context.phoneRules}
        label={t('phone')}
        countryLabel={t('phoneCountry')}
        hint={(example) => t('phoneExample', { example })}
        autoComplete="off"
      />
      <ChoiceField
        name="spoken"
        label={t('spoken')}
        columns
        choices={SPOKEN_LANGUAGES.map((value) => ({ value, label: t(`languages.${value}`) }))}
      />
    </StepForm>
  );
}
