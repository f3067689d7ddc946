'use client';

import { useRef } from 'react';
import { ChoiceField } from '@/components/form/choice-field';
import { SelectField } from '@/components/form/select-field';
import { getKnownClass, useStepForm } from '@/components/form/step-form-context';
import { NameField, TextField } from '@/components/form/text-field';
import { useTranslations } from '@/components/i18n/translations';
import { getFieldText } from '@/lib/domain/form-input';
import type { JourneyContext } from '@/lib/domain/journey-context';
import { GENDERS } from '@/lib/domain/steps/identity/genders';
import { EmailField } from './email-field';

const NAMES = ['email', 'middleName', 'gender', 'birthState'] as const;
type Name = (typeof NAMES)[number];

/** Fields that the vendor does not require: those that the partner requires, and the others collapsed. */
export function OptionalFields({ context }: { context: JourneyContext }) {
  const t = useTranslations('steps.identity');
  const tForm = useTranslations('form');
  const { values, errors, knownFields } = useStepForm();
  const required = NAMES.filter((name) => context.fields[name] === 'required');
  const optional = NAMES.filter((name) => context.fields[name] === 'optional');
  // It stays open after the customer has corrected what opened it.
  const isOpen = useRef(false);
  isOpen.current ||= optional.some((name) => getFieldText(values, name) !== '' || errors[name]);
  return (
    <>
      {required.map((name) => (
        <OptionalField key={name} name={name} context={context} />
      ))}
      {optional.length > 0 ? (
        <details
          open={isOpen.current}
          className={`rounded-control border border-line px-3.5 ${getKnownClass(
            optional.every((name) => knownFields.includes(name)),
            undefined,
          )}`}
        >
          <summary className="flex min-h-target cursor-pointer flex-wrap items-center gap-x-1 py-1 leading-snug font-semibold">
            <span>{t(optional.includes('email') ? 'more' : 'moreOther')}</span>
            <span className="font-normal text-quiet">{tForm('optional')}</span>
          </summary>
          <div className="grid gap-3 pt-1 pb-4">
            {optional.map((name) => (
              <OptionalField key={name} name={name} context={context} />
            ))}
          </div>
        </details>
      ) : null}
    </>
  );
}

function OptionalField({ name, context: { fields, states } }: { name: Name; context: JourneyContext }) {
  const t = useTranslations('steps.identity');
  const field = { name, label: t(name), optional: fields[name] === 'optional' };
  switch (name) {
    case 'email':
      return <EmailField policy={fields.email} />;
    case 'middleName':
      return <NameField {...field} autoComplete="additional-name" />;
    case 'gender':
      return (
        <ChoiceField {...field} columns choices={GENDERS.map((value) => ({ value, label: t(`genders.${value}`) }))} />
      );
    case 'birthState':
      if (states.length === 0) return <TextField {...field} autoComplete="off" />;
      return (
        <SelectField
          {...field}
          autoComplete="off"
          options={[
            { value: '', label: t('notChosen') },
            ...states.map(({ iso, name: label }) => ({ value: iso, label })),
          ]}
        />
      );
  }
}
