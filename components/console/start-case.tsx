'use client';

import { ChoiceField } from '@/components/form/choice-field';
import { StepForm, type StepFormProps } from '@/components/form/step-form';
import { useWords } from '@/components/i18n/words';
import { PhoneField } from '@/components/steps/phone-field';
import { SPOKEN, startStep } from '@/lib/domain/assist/start-step';

const FIRST = { spoken: SPOKEN[0] };

/** Begins a case, the phone first: whoever has one open here is found again by it. */
export function StartCase(props: Pick<StepFormProps, 'title' | 'context' | 'action'>) {
  const t = useWords('assist');
  return (
    <StepForm {...props} step={startStep} values={FIRST}>
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
        choices={SPOKEN.map((value) => ({ value, label: t(`languages.${value}`) }))}
      />
    </StepForm>
  );
}
