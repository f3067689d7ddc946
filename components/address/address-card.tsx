'use client';

import { useTranslations } from '@/components/i18n/translations';
import { TextButton } from '@/components/ui/text-link';
import type { AddressValues } from '@/lib/domain/address/address-values';
import { formatState } from '@/lib/domain/address/states';

type Props = { country: string; fields: AddressValues; onChange: () => void };

/** A whole address as a person writes it, in place of its lines. */
export function AddressCard({ country, fields, onChange }: Props) {
  const t = useTranslations('steps.address');
  const { address1, city, address3, state, zipCode } = fields;
  const places = [city, address3, formatState(country, state, 'short'), zipCode];
  return (
    <div className="rounded-control border border-control bg-surface px-4 py-3">
      <p className="font-semibold wrap-anywhere" translate="no">
        {address1}
      </p>
      <p className="wrap-anywhere" translate="no">
        {[...new Set(places.filter(Boolean))].join(' · ')}
      </p>
      <TextButton type="button" className="text-left" onClick={onChange}>
        {t('change')}
      </TextButton>
    </div>
  );
}
