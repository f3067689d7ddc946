import { getTranslations } from 'next-intl/server';
import { StampField } from '@/components/form/stamp-field';
import { Button } from '@/components/ui/button';
import { TextButton } from '@/components/ui/text-link';
import type { Locale } from '@/lib/i18n/routing';

/** The path that ends this device's journey (`app/start-over/route.ts`). */
const START_OVER_PATH = '/start-over';

type Props = { locale: Locale; stamp: string };

/**
 * Lets the next person on a device start over. The customer opens it first, so that one accidental press deletes nothing. A
 * plain form works without script, and its full page load clears the page's memory.
 */
export async function StartOver({ locale, stamp }: Props) {
  const t = await getTranslations({ locale, namespace: 'startOver' });
  return (
    <details className="text-sm">
      <summary className="flex min-h-11 w-fit cursor-pointer items-center text-quiet underline underline-offset-4">
        {t('open')}
      </summary>
      <p className="mb-3">{t('effect')}</p>
      <StartOverForm locale={locale} stamp={stamp} name={t('action')} />
    </details>
  );
}

type FormProps = Props & { name: string; isLink?: boolean };

/** Starts over without opening first, on pages where no answers can be lost. */
export function StartOverForm({ locale, stamp, name, isLink = false }: FormProps) {
  return (
    <form method="post" action={START_OVER_PATH}>
      <input type="hidden" name="lang" value={locale} />
      <StampField value={stamp} />
      {isLink ? (
        <TextButton type="submit" className="text-quiet">
          {name}
        </TextButton>
      ) : (
        <Button type="submit" kind="secondary">
          {name}
        </Button>
      )}
    </form>
  );
}
