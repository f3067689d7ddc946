import { getTranslations } from 'next-intl/server';
import { getLockedFields } from '@/lib/domain/partner-start';
import type { JourneyView } from './journey-view';

/** Names the partner who provided answers, and tells which of them the customer cannot change. */
export async function PartnerNotice({ journey, fields }: { journey: JourneyView; fields: readonly string[] }) {
  const { content, refusal, brand } = journey;
  if (!content.partner) return null;
  const t = await getTranslations('partner');
  const isLocked = getLockedFields(content.partner, refusal).some((name) => fields.includes(name));
  return (
    <p className="mb-6 rounded-control border border-line px-4 py-3">
      {t(isLocked ? 'locked' : 'told', { brand: brand.name })}
    </p>
  );
}
