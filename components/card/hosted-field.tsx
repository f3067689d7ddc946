'use client';

import { type ReactNode, useEffect } from 'react';
import { ErrorText, Hint, LABEL_CLASSES } from '@/components/form/field';
import { getFieldId, useStepForm } from '@/components/form/step-form-context';
import { useTranslations } from '@/components/i18n/translations';
import { useErrorText } from '@/components/i18n/use-error-text';
import type { HostedFieldName, useHostedFields } from '@/lib/integrations/vgs/use-hosted-fields';

type Vault = ReturnType<typeof useHostedFields>;
type Props = {
  name: HostedFieldName;
  vault: Vault;
  label: string;
  hint?: string;
  /** Shows where the value is on the card. */
  picture?: ReactNode;
  description?: ReactNode;
};

export const getHostedFieldName = (name: HostedFieldName) => `addCardParams.${name}`;
export const getHostElementId = (name: HostedFieldName) => `${getFieldId(getHostedFieldName(name))}-host`;

/**
 * Our label, hint, focus ring and error around a field of the vault. A label cannot focus a frame of another origin, so its
 * click calls the vault; the input in the frame has the same text for screen readers.
 */
export function HostedField({ name, vault, label, hint, picture, description }: Props) {
  const { errors } = useStepForm();
  const error = errors[getHostedFieldName(name)];
  const errorText = useErrorText();
  const t = useTranslations('steps.card');
  const isFocused = vault.getFieldState(name)?.isFocused;
  const { setAriaLabel: speak } = vault;
  const ariaLabel = error ? `${label}. ${errorText(error)}` : label;
  useEffect(() => {
    speak(name, ariaLabel);
  }, [speak, name, ariaLabel]);
  return (
    <div>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard goes straight into the frame */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it stands in for a label, see above */}
      <span
        className={`flex cursor-default items-center justify-between gap-2 ${LABEL_CLASSES}`}
        onClick={() => vault.setFocus(name)}
      >
        <span>{label}</span>
        {picture}
      </span>
      {hint ? <Hint name={getHostedFieldName(name)}>{hint}</Hint> : null}
      <ErrorText name={getHostedFieldName(name)} error={error} />
      {/*
       * Frames whose scheme is not their page's get an opaque ground. A light frame then lies clear on our own surface; one
       * that follows the device brings a dark ground: our ink, which is what it writes in, can be read on both.
       */}
      <div className="relative">
        <div
          id={getHostElementId(name)}
          className={`control h-12 [&>iframe]:scheme-light [&>iframe]:block [&>iframe]:h-full [&>iframe]:w-full ${vault.status === 'ready' ? '' : 'waiting'} ${error ? 'control-invalid' : ''} ${isFocused ? 'outline-3 outline-offset-2 outline-focus' : ''}`}
        />
        {vault.status === 'ready' ? null : (
          <span
            aria-hidden="true"
            className="pointer-events-none absolute inset-y-0 left-3.5 flex items-center text-quiet"
          >
            {t('loading')}
          </span>
        )}
      </div>
      {description ? <div className="mt-1.5 text-[0.9375rem] text-quiet">{description}</div> : null}
    </div>
  );
}
