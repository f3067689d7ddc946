'use client';

import type { ReactNode } from 'react';
import { ChoiceField } from '@/components/form/choice-field';
import { StepForm } from '@/components/form/step-form';
import { useTranslations } from '@/components/i18n/translations';
import type { PaymentMethodType } from '@/lib/domain/journey-context';
import { paymentStep } from '@/lib/domain/steps/payment/step';
import { AccountField } from './account-field';
import { PaymentIcon } from './payment-icon';
import type { StepProps } from './step-props';

/** The payment method. A single method needs no choice, and then only an account has a field. */
export function PaymentStep(props: StepProps) {
  const { country, paymentMethodTypes } = props.context;
  const t = useTranslations('steps.payment');
  const account = <AccountField country={country} />;
  const details: Partial<Record<PaymentMethodType, ReactNode>> = {
    UBN: account,
    BankAccount: <p className="text-sm text-quiet">{t('details.BankAccount')}</p>,
    DigitalWallet: <p className="text-sm text-quiet">{t('details.DigitalWallet')}</p>,
  };
  return (
    <StepForm step={paymentStep} {...props}>
      {paymentMethodTypes.length === 1 ? (
        account
      ) : (
        <ChoiceField
          name="paymentMethodType"
          label={t('paymentMethodType')}
          hideLabel
          hint={t('chooseHint')}
          choices={paymentMethodTypes.map((value) => ({
            value,
            label: t(`types.${value}`),
            hint: t(`typeHints.${value}`),
            icon: <PaymentIcon type={value} />,
            children: details[value],
          }))}
        />
      )}
    </StepForm>
  );
}
