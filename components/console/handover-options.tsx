import { getTranslations } from 'next-intl/server';
import { ShortCode } from '@/components/layout/short-code';
import { CopyText } from '@/components/ui/copy-text';
import { TextLink } from '@/components/ui/text-link';
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
    <>
      <div className="handover-codes">
        <QrCode text={link} label={t('qr')} />
        <p>
          <span className="block">{t('code', { place: entryAddress })}</span>
          <ShortCode code={code} />
        </p>
      </div>
      <details>
        <summary className="cursor-pointer py-2.5 font-semibold">{t('messages')}</summary>
        {customer.phone ? (
          <div className="flex flex-wrap gap-x-6">
            <TextLink href={`sms:${customer.phone}?&body=${message}`}>{t('sms')}</TextLink>
            <TextLink href={`https://wa.me/${customer.phone.replace('+', '')}?text=${message}`} rel="noreferrer">
              {t('whatsapp')}
            </TextLink>
          </div>
        ) : null}
        <CopyText label={t('copy')} text={text} actionLabel={t('copyAction')} doneLabel={t('copied')} />
      </details>
    </>
  );
}
