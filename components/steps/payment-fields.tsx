'use client';

import { useTranslations } from 'next-intl';
import { ChoiceField } from '@/components/form/choice-field';
import { TextField } from '@/components/form/text-field';
import type { JourneyContext } from '@/lib/domain/journey-context';

export function PaymentFields({ context }: { context: JourneyContext }) {
  const t = useTranslations('steps.payment');
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
  );
}
