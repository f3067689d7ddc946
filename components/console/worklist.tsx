'use client';

import { useEffect, useState } from 'react';
import { ChoiceField } from '@/components/form/choice-field';
import { STEP_FORM_ID } from '@/components/form/form-names';
import { StepForm, type StepFormProps } from '@/components/form/step-form';
import { findInput } from '@/components/form/step-form-context';
import { TextField } from '@/components/form/text-field';
import { useTranslations } from '@/components/i18n/translations';
import { CountryField } from '@/components/steps/phone-field';
import { Button } from '@/components/ui/button';
import { SPOKEN_LANGUAGES, startStep } from '@/lib/domain/assist/start-step';
import { CaseList, type CaseListItem } from './case-list';

const BOX_NAME = 'phoneNumber';
const INITIAL_VALUES = { spoken: SPOKEN_LANGUAGES[0] };

type Props = Pick<StepFormProps, 'title' | 'context' | 'action'> & { cases: readonly CaseListItem[] };

/** One box for a customer's phone, name or code, and the shop's open cases, which the typed text filters. */
export function Worklist({ cases, ...form }: Props) {
  const t = useTranslations('assist');
  const [query, setQuery] = useState('');
  const updateQuery = () => setQuery(findInput(BOX_NAME)?.value ?? '');
  // Reads text that the agent typed before the script arrived.
  useEffect(updateQuery, []);
  return (
    <div className="worklist">
      <div onInput={updateQuery}>
        <StepForm
          {...form}
          step={startStep}
          values={INITIAL_VALUES}
          finish={{ label: t('openCase'), children: <SpokenField /> }}
        >
          {form.context.phoneRules.length > 1 ? (
            <CountryField rules={form.context.phoneRules} label={t('phoneCountry')} autoComplete="off" />
          ) : null}
          <TextField
            name={BOX_NAME}
            label={t('handle')}
            hint={t('handleHint')}
            autoComplete="off"
            spellCheck={false}
            enterKeyHint="go"
          />
        </StepForm>
        <Button type="submit" form={STEP_FORM_ID} name="new" value="yes" kind="secondary" className="mt-3">
          {t('new')}
        </Button>
      </div>
      <section aria-labelledby="open-cases">
        <h2 id="open-cases" className="mb-2 text-lg font-bold">
          {t('open')}
        </h2>
        <CaseList cases={cases} query={query} />
      </section>
    </div>
  );
}

function SpokenField() {
  const t = useTranslations('assist');
  return (
    <ChoiceField
      name="spoken"
      label={t('spoken')}
      columns
      choices={SPOKEN_LANGUAGES.map((value) => ({ value, label: t(`languages.${value}`) }))}
    />
  );
}
