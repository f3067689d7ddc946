'use client';

import { ChoiceField } from '@/components/form/choice-field';
import { StepForm } from '@/components/form/step-form';
import { TextField } from '@/components/form/text-field';
import { useWords } from '@/components/words/words';
import { paymentStep } from '@/lib/domain/steps/payment/step';
import type { StepProps } from './step-props';

export function PaymentStep(props: StepProps) {
  const { context } = props;
  const t = useWords('steps.payment');
  const isMexican = context.country === 'MX';
  const account = (
    <TextField
      name="ubnParams.number"
      label={t(isMexican ? 'numberMX' : 'number')}
      hint={t(isMexican ? 'numberHintMX' : 'numberHint')}
      inputMode={isMexican ? 'numeric' : 'text'}
      autoComplete="off"
      spellCheck={false}
    />
  );
  return (
    <StepForm step={paymentStep} {...props}>
      <ChoiceField
        name="paymentMethodType"
        label={t('paymentMethodType')}
        hideLabel
        choices={context.paymentMethodTypes.map((value) => ({
          value,
          label: t(`types.${value}`),
          hint: t(`typeHints.${value}`),
          ...(value === 'UBN' && { children: account }),
        }))}
      />
    </StepForm>
  );
}
