'use client';

import { ChoiceField } from '@/components/form/choice-field';
import { StepForm, type StepFormProps } from '@/components/form/step-form';
import { TextField } from '@/components/form/text-field';
import { useWords } from '@/components/words/words';
import { SPOKEN, startStep } from '@/lib/domain/assist/start-step';

const FIRST = { spoken: SPOKEN[0] };

/** Begins a case, the phone first: whoever has one open here is found again by it. */
export function StartCase(props: Pick<StepFormProps, 'title' | 'context' | 'action'>) {
  const t = useWords('assist');
  return (
    <StepForm {...props} step={startStep} values={FIRST}>
      <TextField name="phoneNumber" label={t('phone')} type="tel" inputMode="tel" autoComplete="off" />
      <ChoiceField
        name="spoken"
        label={t('spoken')}
        columns
        choices={SPOKEN.map((value) => ({ value, label: t(`languages.${value}`) }))}
      />
    </StepForm>
  );
}
