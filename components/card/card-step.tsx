'use client';

import { ChoiceField } from '@/components/form/choice-field';
import { SelectField } from '@/components/form/select-field';
import { StepForm, type StepFormProps } from '@/components/form/step-form';
import { NameField } from '@/components/form/text-field';
import type { HostedFields } from '@/components/form/use-step-submit';
import { useLocale, useTranslations } from '@/components/i18n/translations';
import { Alert } from '@/components/ui/alert';
import { Button, buttonVariants } from '@/components/ui/button';
import { TextLink } from '@/components/ui/text-link';
import type { VaultSettings } from '@/lib/config/vendor-settings';
import { CARD_TYPES } from '@/lib/domain/card/card-types';
import { getCardNetwork } from '@/lib/domain/card/networks';
import { COUNTRY_CODES } from '@/lib/domain/countries/countries';
import type { FieldErrors } from '@/lib/domain/form-input';
import { cardStep } from '@/lib/domain/steps/card/step';
import { type HostedFieldName, useHostedFields } from '@/lib/integrations/vgs/use-hosted-fields';
import { CodePicture } from './code-picture';
import { getHostElementId, getHostedFieldName, HostedField } from './hosted-field';
import { NetworkNames } from './network-names';

type Props = Omit<StepFormProps, 'step' | 'hostedFields' | 'focusField' | 'children'> & {
  settings: VaultSettings;
  /** The path of the other payment methods. */
  otherPath: string;
};

const HOSTED_FIELDS: readonly HostedFieldName[] = ['number', 'expirationDate', 'securityCode'];
/** The step's fields on our page. The vault provides the others. */
const PAGE_FIELDS = ['addCardParams.cardtype', 'addCardParams.nameOnCard', 'addCardParams.country'];

/** The card, with the vault's fields in frames: our page never holds a card number. */
export function CardStep({ settings, otherPath, ...form }: Props) {
  const t = useTranslations('steps.card');
  const vault = useHostedFields(settings, {
    number: { selector: `#${getHostElementId('number')}`, ariaLabel: t('number'), placeholder: '' },
    expirationDate: {
      selector: `#${getHostElementId('expirationDate')}`,
      ariaLabel: t('expirationDate'),
      placeholder: '',
    },
    securityCode: { selector: `#${getHostElementId('securityCode')}`, ariaLabel: t('securityCode'), placeholder: '' },
  });
  const { getFieldState } = vault;
  const hostedFields: HostedFields = {
    validate: (schemaErrors) => findCardErrors(schemaErrors, getFieldState),
    async tokenize(form) {
      const result = await vault.tokenize();
      if ('problem' in result) return { errors: { [getHostedFieldName('number')]: result.problem } };
      return { form: addTokens(form, result.card) };
    },
  };

  const focusField = (name: string) => {
    const hostedField = HOSTED_FIELDS.find((fieldName) => getHostedFieldName(fieldName) === name);
    if (hostedField) vault.setFocus(hostedField);
    return hostedField !== undefined;
  };

  return (
    <div className="needs-script">
      <p className="mb-3 text-[0.9375rem] leading-snug text-quiet">{t('safe')}</p>
      {vault.status === 'failed' ? <VaultFailed onRetry={vault.retry} otherPath={otherPath} /> : null}
      <div hidden={vault.status === 'failed'}>
        <VaultOpening status={vault.status} otherPath={otherPath} />
        <StepForm {...form} step={cardStep} hostedFields={hostedFields} focusField={focusField}>
          <CardFields vault={vault} />
        </StepForm>
      </div>
    </div>
  );
}

type Vault = ReturnType<typeof useHostedFields>;

/** Announced at once and shown only when loading is slow: a line that appears briefly would move the fields. */
function VaultOpening({ status, otherPath }: { status: Vault['status']; otherPath: string }) {
  const t = useTranslations('steps.card');
  const isSlow = status === 'slow';
  return (
    <div role="status" className={isSlow ? 'mb-3 text-quiet' : 'sr-only'}>
      {isSlow || status === 'loading' ? <p>{t(isSlow ? 'slow' : 'loading')}</p> : null}
      {isSlow ? <TextLink href={otherPath}>{t('other')}</TextLink> : null}
    </div>
  );
}

function CardFields({ vault }: { vault: Vault }) {
  const t = useTranslations('steps.card');
  const names = new Intl.DisplayNames(useLocale(), { type: 'region' });
  const { cardType = '', last4 } = vault.getFieldState('number') ?? {};
  const network = getCardNetwork(cardType);
  const cardLabel = network && last4 ? t('ending', { network, last4 }) : network;
  return (
    <>
      <ChoiceField
        name="addCardParams.cardtype"
        label={t('cardtype')}
        columns
        choices={CARD_TYPES.map((value) => ({ value, label: t(`types.${value}`) }))}
      />
      <HostedField name="number" vault={vault} label={t('number')} description={cardLabel ?? <NetworkNames />} />
      <div className="grid grid-cols-2 items-end gap-3">
        <HostedField name="expirationDate" vault={vault} label={t('expirationDate')} hint={t('expirationHint')} />
        <HostedField
          name="securityCode"
          vault={vault}
          label={t('securityCode')}
          hint={t('securityHint')}
          picture={<CodePicture />}
        />
      </div>
      <NameField name="addCardParams.nameOnCard" label={t('nameOnCard')} autoComplete="cc-name" />
      <SelectField
        name="addCardParams.country"
        label={t('country')}
        autoComplete="off"
        options={COUNTRY_CODES.map((value) => ({ value, label: names.of(value) ?? value }))}
      />
    </>
  );
}

/** Returns the errors of our fields and of the vault's. A network that the vendor does not know needs no token. */
function findCardErrors(
  schemaErrors: FieldErrors,
  getFieldState: ReturnType<typeof useHostedFields>['getFieldState'],
): FieldErrors {
  const errors = Object.fromEntries(Object.entries(schemaErrors).filter(([name]) => PAGE_FIELDS.includes(name)));
  for (const name of HOSTED_FIELDS) {
    const state = getFieldState(name);
    const problem = state?.isEmpty === false ? 'format' : 'required';
    if (!state?.isValid) errors[getHostedFieldName(name)] = `${getHostedFieldName(name)}.${problem}`;
  }
  const number = getFieldState('number');
  if (number?.isValid && !getCardNetwork(number.cardType ?? '')) errors[getHostedFieldName('number')] = 'card.network';
  return errors;
}

/** Returns a copy of the form with the card's tokens. */
function addTokens(form: FormData, card: Readonly<Record<string, string>>): FormData {
  const copy = new FormData();
  for (const [name, value] of form) copy.append(name, value);
  for (const [name, value] of Object.entries(card)) copy.set(`addCardParams.${name}`, value);
  return copy;
}

function VaultFailed({ onRetry, otherPath }: { onRetry: () => void; otherPath: string }) {
  const t = useTranslations('steps.card');
  return (
    <Alert className="grid gap-4">
      <p className="font-medium">{t('failed')}</p>
      <Button type="button" onClick={onRetry}>
        {t('retry')}
      </Button>
      <a href={otherPath} className={buttonVariants('secondary')}>
        {t('other')}
      </a>
    </Alert>
  );
}
