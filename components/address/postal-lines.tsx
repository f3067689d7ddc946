'use client';

import type { FormEvent } from 'react';
import { BACK_TO_FIELD } from '@/components/form/form-names';
import { TextField } from '@/components/form/text-field';
import { useTranslations } from '@/components/i18n/translations';
import { TextButton } from '@/components/ui/text-link';
import type { PostalArea } from '@/lib/domain/address/postal-area';
import type { AddressInputs } from './address-inputs';
import { SettlementField } from './settlement-field';
import { usePostalAddress } from './use-postal-address';
import type { ByHandReason } from './use-postal-mode';

type Props = {
  inputs: AddressInputs;
  savedArea: PostalArea | undefined;
  /** Shows the lines instead. */
  onByHand: (reason: ByHandReason) => void;
};

/** The address from its postal code: the code, the colonia from a list, and the street. A chosen colonia makes one card of the first two. */
export function PostalLines({ inputs, savedArea, onByHand }: Props) {
  const t = useTranslations('steps.address');
  const { area, chosen, isScriptRunning, choose, change, lookUp } = usePostalAddress(inputs, savedArea, onByHand);
  const isCode = ({ target }: FormEvent) => (target as HTMLInputElement).name === 'zipCode';
  return (
    <div className="grid grid-cols-1 gap-3" onInput={(event) => isCode(event) && void lookUp()}>
      <div className={chosen ? 'hidden noscript:grid noscript:gap-3' : 'grid grid-cols-1 gap-3'}>
        <TextField
          name="zipCode"
          label={t('zipCode')}
          hint={t('zipCodeHint')}
          inputMode="numeric"
          autoComplete="postal-code"
          sideContent={<AreaStatus area={area} />}
        />
        {/* Enter presses the first button of a form, so with script there is none. */}
        {isScriptRunning ? null : (
          <TextButton type="submit" name={BACK_TO_FIELD} value="address" className="without-script">
            {t('lookUp')}
          </TextButton>
        )}
        {area ? (
          <SettlementField key={area.code} settlements={area.settlements} onChoose={choose} />
        ) : (
          <TextButton type="button" className="needs-script text-left" onClick={() => onByHand('asked')}>
            {t('unknownZipCode')}
          </TextButton>
        )}
      </div>
      {area && chosen ? <AreaCard area={area} settlement={chosen} onChange={change} /> : null}
      {area ? (
        <>
          {Object.entries({ state: area.state, address3: area.municipality, listedZipCode: area.code }).map(
            ([name, value]) => (
              <input key={name} type="hidden" name={name} value={value} />
            ),
          )}
          <TextField name="address1" label={t('address1')} autoComplete="address-line1" />
          <TextField name="address2" label={t('address2')} optional autoComplete="address-line2" />
        </>
      ) : null}
    </div>
  );
}

/** Shows the municipality and state of the typed code beside it, and announces how many settlements the list under it has. */
function AreaStatus({ area }: { area: PostalArea | undefined }) {
  const t = useTranslations('steps.address');
  const count = area?.settlements.length ?? 0;
  const place = area ? `${area.municipality}, ${area.state}` : '';
  return (
    <>
      <p role="status" className="sr-only">
        {area ? t(count === 1 ? 'settlements.one' : 'settlements.other', { count, place }) : ''}
      </p>
      {area ? (
        <p aria-hidden="true" className="min-w-0 grow basis-32 text-sm font-semibold text-good wrap-anywhere">
          {`✓ ${place}`}
        </p>
      ) : null}
    </>
  );
}

type CardProps = { area: PostalArea; settlement: string; onChange: () => void };

function AreaCard({ area: { municipality, state, code }, settlement, onChange }: CardProps) {
  const t = useTranslations('steps.address');
  return (
    <div className="needs-script rounded-control border border-control bg-surface px-4 py-2">
      <p className="font-semibold wrap-anywhere" translate="no">
        {settlement}
      </p>
      <p className="wrap-anywhere" translate="no">
        {[municipality, state, code].join(' · ')}
      </p>
      <TextButton type="button" className="text-left" onClick={onChange}>
        {t('change')}
      </TextButton>
    </div>
  );
}
