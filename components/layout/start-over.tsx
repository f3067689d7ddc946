import { getTranslations } from 'next-intl/server';
import { StampField } from '@/components/form/stamp-field';
import { Button } from '@/components/ui/button';
import type { Locale } from '@/lib/i18n/routing';

/** The path that lets go of this device's customer (`app/start-over/route.ts`). */
const START_OVER_PATH = '/start-over';

/**
 * For the next person on this device. It is opened first, so that a press by mistake deletes nothing, and then pressed. A plain
 * form works without script, and the page with its memory goes away.
 */
export async function StartOver({ locale, stamp }: { locale: Locale; stamp: string }) {
  const t = await getTranslations({ locale, namespace: 'startOver' });
  return (
    <details className="mt-8 border-t border-line pt-2 text-[0.9375rem]">
      <summary className="min-h-11 cursor-pointer py-2.5 text-quiet underline underline-offset-4">{t('open')}</summary>
      <p className="mt-2 mb-4">{t('effect')}</p>
      <StartOverForm locale={locale} stamp={stamp} name={t('action')} />
    </details>
  );
}

/** The same at once, where nothing is lost by it. */
export function StartOverForm({ locale, stamp, name }: { locale: Locale; stamp: string; name: string }) {
  return (
    <form method="post" action={START_OVER_PATH}>
      <input type="hidden" name="lang" value={locale} />
      <StampField value={stamp} />
      <Button type="submit" kind="secondary">
        {name}
      </Button>
    </form>
  );
}
