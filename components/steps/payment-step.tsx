'use client';

import { ChoiceField } from '@/components/form/choice-field';
import { StepForm } from '@/components/form/step-form';
import { useTranslations } from '@/components/i18n/translations';
import { paymentStep } from '@/lib/domain/steps/payment/step';
import { AccountField } from './account-field';
import type { StepProps } from './step-props';

/** The payment method. A single method needs no choice, and then only an account has a field. */
export function PaymentStep(props: StepProps) {
  const { country, paymentMethodTypes } = props.context;
  const t = useTranslations('steps.payment');
  const account = <AccountField country={country} />;
  return (
    <StepForm step={paymentStep} {...props}>
      {paymentMethodTypes.length === 1 ? (
        account
      ) : (
        <ChoiceField
          name="paymentMethodType"
          label={t('paymentMethodType')}
          hideLabel
          choices={paymentMethodTypes.map((value) => ({
            value,
            label: t(`types.${value}`),
            hint: t(`typeHints.${value}`),
            ...(value === 'UBN' && { children: account }),
          }))}
        />
      )}
    </StepForm>
  );
}
