'use client';

import { useCallback } from 'react';
import { ChoiceField } from '@/components/form/choice-field';
import { SelectField } from '@/components/form/select-field';
import { StepForm, type StepFormProps } from '@/components/form/step-form';
import { NameField } from '@/components/form/text-field';
import { useLocale, useTranslations } from '@/components/i18n/translations';
import { Button, buttonVariants } from '@/components/ui/button';
import type { VaultSettings } from '@/lib/config/vendor-settings';
import { getCardNetwork } from '@/lib/domain/card/networks';
import { COUNTRY_CODES } from '@/lib/domain/countries/countries';
import type { FieldErrors } from '@/lib/domain/form-input';
import { CARD_TYPES } from '@/lib/domain/steps/card/schema';
import { cardStep } from '@/lib/domain/steps/card/step';
import { type HostedFieldName, useHostedFields } from '@/lib/integrations/vgs/use-hosted-fields';
import { getHostElementId, getHostedFieldName, HostedField } from './hosted-field';

type Props = Omit<StepFormProps, 'step' | 'prepare' | 'focusField' | 'children'> & {
  settings: VaultSettings;
  /** Where the other payment methods are. */
  otherPath: string;
};

const HOSTED_FIELDS: readonly HostedFieldName[] = ['number', 'expirationDate', 'securityCode'];
/** What a person answers in our own boxes; the rest of the step comes from the vault. */
const OWN_FIELDS = ['addCardParams.cardtype', 'addCardParams.nameOnCard', 'addCardParams.country'];

/** The card: the vault's fields in our frame. Our page never holds a number, and there is no other way to give one. */
export function CardStep({ settings, otherPath, ...form }: Props) {
  const t = useTranslations('steps.card');
  const locale = useLocale();
  const vault = useHostedFields(settings, {
    number: { selector: `#${getHostElementId('number')}`, ariaLabel: t('number'), placeholder: '' },
    expirationDate: {
      selector: `#${getHostElementId('expirationDate')}`,
      ariaLabel: t('expirationDate'),
      placeholder: '',
    },
    securityCode: { selector: `#${getHostElementId('securityCode')}`, ariaLabel: t('securityCode'), placeholder: '' },
  });
  const { tokenize, getFieldState } = vault;

  const prepare = useCallback(
    async (form: FormData, schemaErrors: FieldErrors) => {
      const errors = Object.fromEntries(
        OWN_FIELDS.flatMap((name) => (schemaErrors[name] ? [[name, schemaErrors[name]]] : [])),
      );
      for (const name of HOSTED_FIELDS)
        if (!getFieldState(name)?.isValid) errors[getHostedFieldName(name)] = getHostedFieldName(name);
      // A network that the vendor does not know needs no alias.
      const brand = getFieldState('number')?.cardType ?? '';
      if (getFieldState('number')?.isValid && !getCardNetwork(brand))
        errors[getHostedFieldName('number')] = 'card.network';
      if (Object.keys(errors).length > 0) return errors;
      const result = await tokenize();
      if ('problem' in result) return { [getHostedFieldName('number')]: result.problem };
      for (const [name, value] of Object.entries(result.card)) form.set(`addCardParams.${name}`, value);
      return {};
    },
    [tokenize, getFieldState],
  );

  const focusField = (name: string) => {
    const hostedField = HOSTED_FIELDS.find((fieldName) => getHostedFieldName(fieldName) === name);
    if (hostedField) vault.setFocus(hostedField);
    return hostedField !== undefined;
  };

  const isOpening = vault.status === 'loading' || vault.status === 'slow';
  const numberState = getFieldState('number');
  const network = getCardNetwork(numberState?.cardType ?? '');
  const cardLabel = network && numberState?.last4 ? t('ending', { network, last4: numberState.last4 }) : network;
  const names = new Intl.DisplayNames(locale, { type: 'region' });
  const countries = COUNTRY_CODES.map((value) => ({ value, label: names.of(value) ?? value }));

  return (
    <div className="needs-script">
      <p className="mb-6 text-quiet">{t('safe')}</p>
      {vault.status === 'failed' ? <VaultFailed onRetry={vault.retry} otherPath={otherPath} /> : null}
      <div hidden={vault.status === 'failed'}>
        {/* Said at once, shown only when it takes long: a line that comes and goes would move the fields. */}
        <div role="status" className={vault.status === 'slow' ? 'mb-4 text-quiet' : 'sr-only'}>
          {isOpening ? <p>{t(vault.status === 'slow' ? 'slow' : 'loading')}</p> : null}
          {vault.status === 'slow' ? (
            <a href={otherPath} className="inline-flex min-h-11 items-center underline underline-offset-4">
              {t('other')}
            </a>
          ) : null}
        </div>
        <StepForm {...form} step={cardStep} prepare={prepare} focusField={focusField}>
          <ChoiceField
            name="addCardParams.cardtype"
            label={t('cardtype')}
            columns
            choices={CARD_TYPES.map((value) => ({ value, label: t(`types.${value}`) }))}
          />
          <HostedField name="number" vault={vault} label={t('number')} description={cardLabel} />
          <div className="grid grid-cols-2 items-start gap-4">
            <HostedField name="expirationDate" vault={vault} label={t('expirationDate')} hint={t('expirationHint')} />
            <HostedField name="securityCode" vault={vault} label={t('securityCode')} hint={t('securityHint')} />
          </div>
          <NameField name="addCardParams.nameOnCard" label={t('nameOnCard')} autoComplete="cc-name" />
          <SelectField name="addCardParams.country" label={t('country')} autoComplete="off" options={countries} />
        </StepForm>
      </div>
    </div>
  );
}

function VaultFailed({ onRetry, otherPath }: { onRetry: () => void; otherPath: string }) {
  const t = useTranslations('steps.card');
  return (
    <div role="alert" className="grid gap-4 rounded-control border-2 border-danger bg-danger-soft p-5">
      <p className="font-medium">{t('failed')}</p>
      <Button type="button" onClick={onRetry}>
        {t('retry')}
      </Button>
      <a href={otherPath} className={buttonVariants('secondary')}>
        {t('other')}
      </a>
    </div>
  );
}
