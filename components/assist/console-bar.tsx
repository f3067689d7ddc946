import { getTranslations } from 'next-intl/server';
import type { Agent } from '@/lib/domain/assist/permissions';
import type { Locale } from '@/lib/i18n/routing';

type Props = { agent: Pick<Agent, 'name' | 'shop'>; locale: Locale };

/** Who is signed in, on every page of the console, and the way out. */
export async function ConsoleBar({ agent, locale }: Props) {
  const t = await getTranslations('assist');
  return (
    <div className="mb-8 flex flex-wrap items-center justify-between gap-x-6 border-b border-line pb-3 text-[0.9375rem]">
      <a href={`/${locale}/assist`} className="inline-flex min-h-11 items-center underline underline-offset-4">
        {t('title')}
      </a>
      <span className="text-quiet">{t('signedIn', { name: agent.name, shop: agent.shop })}</span>
      <form method="post" action="/assist/sign-out">
        <input type="hidden" name="lang" value={locale} />
        <button type="submit" className="inline-flex min-h-11 cursor-pointer items-center underline underline-offset-4">
          {t('signOut')}
        </button>
      </form>
    </div>
  );
}
