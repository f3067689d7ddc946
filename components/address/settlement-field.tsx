'use client';

import { type MouseEvent, useId, useState } from 'react';
import { ChoiceField } from '@/components/form/choice-field';
import { LABEL_CLASSES } from '@/components/form/field';
import { TextField } from '@/components/form/text-field';
import { useTranslations } from '@/components/i18n/translations';
import { OTHER_CITY_VALUE } from '@/lib/domain/address/postal-area';

/** A longer list has a search of its own. */
const MAX_PLAIN_LIST_LENGTH = 12;

/** Without accents and case; numbers count, since many colonias have one. */
const toSearchText = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();

type Props = {
  settlements: readonly string[];
  /** Called when a finger or a mouse chooses one. Arrow keys only move through the list (WCAG 3.2.2). */
  onChoose: (settlement: string) => void;
};

/** The settlements of a postal code as a list, and a text for one that is not in it. */
export function SettlementField({ settlements, onChoose }: Props) {
  const t = useTranslations('steps.address');
  const [filter, setFilter] = useState('');
  const filterId = useId();
  const matches = settlements.filter((name) => toSearchText(name).includes(toSearchText(filter)));
  const otherChoice = {
    value: OTHER_CITY_VALUE,
    label: t('otherCity'),
    children: <TextField name="otherCity" label={t('cityMX')} autoComplete="address-level3" />,
  };
  function handleClick({ target, detail }: MouseEvent) {
    const radio = (target as Element).closest('label')?.querySelector<HTMLInputElement>('[type=radio]');
    if (detail > 0 && radio && radio.value !== OTHER_CITY_VALUE) onChoose(radio.value);
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the radio buttons take the keys
    // biome-ignore lint/a11y/noStaticElementInteractions: the clicks are the radio buttons'
    <div onClick={handleClick} className="grid gap-3">
      {settlements.length > MAX_PLAIN_LIST_LENGTH ? (
        <div className="needs-script">
          <label htmlFor={filterId} className={`mb-0.5 block ${LABEL_CLASSES}`}>
            {t('filterSettlements')}
          </label>
          <input
            id={filterId}
            type="search"
            className="control"
            autoComplete="off"
            enterKeyHint="search"
            onInput={({ currentTarget }) => setFilter(currentTarget.value)}
          />
        </div>
      ) : null}
      <ChoiceField
        name="city"
        label={t('chooseSettlement')}
        choices={[...matches.map((name) => ({ value: name, label: name })), otherChoice]}
      />
    </div>
  );
}
