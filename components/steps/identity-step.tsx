'use client';

import { ChoiceField } from '@/components/form/choice-field';
import { DateField } from '@/components/form/date-field';
import { SelectField } from '@/components/form/select-field';
import { StepForm } from '@/components/form/step-form';
import { useStepForm } from '@/components/form/step-form-context';
import { NameField, TextField } from '@/components/form/text-field';
import { useTranslations } from '@/components/i18n/translations';
import { isMonthFirst } from '@/lib/domain/countries/countries';
import { getFieldText } from '@/lib/domain/form-input';
import type { JourneyContext } from '@/lib/domain/journey-context';
import { parseDateText } from '@/lib/domain/steps/identity/date-text';
import { GENDERS } from '@/lib/domain/steps/identity/schema';
import { identityStep } from '@/lib/domain/steps/identity/step';
import { EmailField } from './email-field';
import { PhoneField } from './phone-field';
import type { StepProps } from './step-props';
import { SurnameFields } from './surname-fields';

const OPTIONAL_FIELDS = ['middleName', 'gender', 'birthState'] as const;

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
        hint={(example) => `${t('phoneHint')} · ${t('phoneExample', { example })}`}
        autoComplete="tel"
      />
      <EmailField policy={props.context.fields.email} />
      <OptionalFields context={props.context} />
    </StepForm>
  );
}

/** Fields that the vendor recommends, collapsed unless the partner requires them. */
function OptionalFields({ context }: { context: JourneyContext }) {
  const t = useTranslations('steps.identity');
  const tForm = useTranslations('form');
  const { values, errors } = useStepForm();
  const { fields } = context;
  if (OPTIONAL_FIELDS.every((name) => fields[name] === 'hidden')) return null;
  const inputs = <OptionalInputs context={context} />;
  if (OPTIONAL_FIELDS.some((name) => fields[name] === 'required')) return inputs;
  const isOpen = OPTIONAL_FIELDS.some((name) => getFieldText(values, name) !== '' || errors[name]);
  return (
    <details open={isOpen} className="rounded-control border border-line px-4">
      <summary className="flex min-h-target cursor-pointer items-center gap-1 font-semibold">
        <span>{t('more')}</span>
        <span className="font-normal text-quiet">{tForm('optional')}</span>
      </summary>
      <div className="grid gap-6 pt-2 pb-5">{inputs}</div>
    </details>
  );
}

function OptionalInputs({ context: { fields, states } }: { context: JourneyContext }) {
  const t = useTranslations('steps.identity');
  const isOptional = (name: (typeof OPTIONAL_FIELDS)[number]) => fields[name] === 'optional';
  const options = [
    { value: '', label: t('notChosen') },
    ...states.map(({ iso, name }) => ({ value: iso, label: name })),
  ];
  const birthState = {
    name: 'birthState',
    label: t('birthState'),
    optional: isOptional('birthState'),
    autoComplete: 'off',
  };
  return (
    <>
      {fields.middleName === 'hidden' ? null : (
        <NameField
          name="middleName"
          label={t('middleName')}
          optional={isOptional('middleName')}
          autoComplete="additional-name"
        />
      )}
      {fields.gender === 'hidden' ? null : (
        <ChoiceField
          name="gender"
          label={t('gender')}
          optional={isOptional('gender')}
          columns
          choices={GENDERS.map((value) => ({ value, label: t(`genders.${value}`) }))}
        />
      )}
      {fields.birthState === 'hidden' ? null : options.length > 1 ? (
        <SelectField {...birthState} options={options} />
      ) : (
        <TextField {...birthState} />
      )}
    </>
  );
}
