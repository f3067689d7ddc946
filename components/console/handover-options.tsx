import { getTranslations } from 'next-intl/server';
import { ShortCode } from '@/components/layout/short-code';
import { CopyText } from '@/components/ui/copy-text';
import type { Locale } from '@/lib/domain/locale';
import { QrCode } from './qr-code';

type Props = {
  link: string;
  code: string;
  /** The address of the code page, as people write it. */
  entryAddress: string;
  brandName: string;
  customer: { phone: string; lang: Locale };
};

/** Three ways to open the case on the customer's device: a QR code, a short code, and a message in the customer's language. */
export async function HandoverOptions({ link, code, entryAddress, brandName, customer }: Props) {
  const t = await getTranslations('assist.handOver');
  const tCustomer = await getTranslations({ locale: customer.lang, namespace: 'continue' });
  const text = tCustomer('message', { brand: brandName, link });
  const message = encodeURIComponent(text);
  return (
    <div className="mb-8 grid gap-6">
      <QrCode text={link} label={t('qr')} />
      <p>
        <span>{`${t('code', { place: entryAddress })} `}</span>
        <ShortCode code={code} />
      </p>
      {customer.phone ? (
        <div className="flex flex-wrap gap-x-6">
          <a href={`sms:${customer.phone}?&body=${message}`} className="inline-flex min-h-11 items-center underline">
            {t('sms')}
          </a>
          <a
            href={`https://wa.me/${customer.phone.replace('+', '')}?text=${message}`}
            rel="noreferrer"
            className="inline-flex min-h-11 items-center underline"
          >
            {t('whatsapp')}
          </a>
        </div>
      ) : null}
      <CopyText label={t('copy')} text={text} actionLabel={t('copyAction')} doneLabel={t('copied')} />
    </div>
  );
}
