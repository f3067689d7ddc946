import { getTranslations } from 'next-intl/server';
import { CopyButton } from '@/components/ui/copy-text';
import { Value } from '@/components/ui/value';

/** The reference that the customer tells the partner, alone and large, so that it can be read out or copied. */
export async function ReferenceNumber({ reference }: { reference: string }) {
  const t = await getTranslations('outcome');
  return (
    <p className="mb-6 flex flex-wrap items-center justify-between gap-x-4 rounded-control border border-line bg-raised px-4 py-2">
      <span>
        <span className="block text-quiet text-sm">{t('reference')}</span>
        <strong className="text-lg tracking-wider">
          <Value>{reference}</Value>
        </strong>
      </span>
      <CopyButton text={reference} actionLabel={t('copy')} doneLabel={t('copied')} />
    </p>
  );
}
