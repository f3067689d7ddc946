'use client';

import { DateField } from '@/components/form/date-field';
import { StepForm } from '@/components/form/step-form';
import { NameField } from '@/components/form/text-field';
import { useTranslations } from '@/components/i18n/translations';
import { isMonthFirst } from '@/lib/domain/countries/countries';
import { parseDateText } from '@/lib/domain/steps/identity/date-text';
import { identityStep } from '@/lib/domain/steps/identity/step';
import { OptionalFields } from './optional-fields';
import { PhoneField } from './phone-field';
import type { StepProps } from './step-props';
import { SurnameFields } from './surname-fields';

export function IdentityStep(props: StepProps) {
  const t = useTranslations('steps.identity');
  return (
    <StepForm step={identityStep} {...props}>
      <NameField name="firstName" label={t('firstName')} hint={t('firstNameHint')} autoComplete="given-name" />
      <SurnameFields policy={props.context.fields.lastName2} />
      <DateField
        name="dob"
        label={t('dob')}
        hint={t('dobHint')}
        readWhole={(text) => parseDateText(text, isMonthFirst(props.context.country))}
        parts={[
          { part: 'day', label: t('day') },
          { part: 'month', label: t('month') },
          { part: 'year', label: t('year') },
        ]}
      />
      <PhoneField
        rules={props.context.phoneRules}
        label={t('phoneNumber')}
        countryLabel={t('phoneCountry')}
        hint={(example) => t('phoneExample', { example })}
        autoComplete="tel"
      />
      <OptionalFields context={props.context} />
    </StepForm>
  );
}
