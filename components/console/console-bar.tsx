import { getTranslations } from 'next-intl/server';
import { TextWithValues } from '@/components/ui/value';
import { type Agent, hasPermission } from '@/lib/domain/assist/permissions';
import type { Locale } from '@/lib/i18n/routing';
import { IdleLock } from './idle-lock';

type Props = { agent: Pick<Agent, 'name' | 'shop' | 'role'>; locale: Locale };

const LINK_CLASSES = 'inline-flex min-h-11 cursor-pointer items-center underline underline-offset-4';

/** Who is signed in, on every page of the console, where they may go, and the way out. It locks what nobody is at. */
export async function ConsoleBar({ agent, locale }: Props) {
  const t = await getTranslations('assist');
  const pages = [
    { isOffered: hasPermission(agent.role, 'case.list', 'shop'), path: '', name: t('title') },
    { isOffered: hasPermission(agent.role, 'parked.list', 'shop'), path: '/parked', name: t('bar.parked') },
    { isOffered: hasPermission(agent.role, 'figures.read', 'shop'), path: '/figures', name: t('bar.figures') },
    { isOffered: hasPermission(agent.role, 'session.list', 'own'), path: '/sessions', name: t('bar.sessions') },
  ];
  return (
    <div className="mb-8 flex flex-wrap items-center justify-between gap-x-6 border-b border-line pb-3 text-[0.9375rem]">
      <nav className="flex flex-wrap gap-x-5" aria-label={t('bar.label')}>
        {pages.map(({ isOffered, path, name }) =>
          isOffered ? (
            <a key={path} href={`/${locale}/assist${path}`} className={LINK_CLASSES}>
              {name}
            </a>
          ) : null,
        )}
      </nav>
      <div className="flex flex-wrap items-center gap-x-5">
        <span className="text-quiet">
          <TextWithValues
            text={t('signedIn', { name: '{name}', shop: '{shop}' })}
            values={{ name: agent.name, shop: agent.shop }}
          />
        </span>
        <form method="post" action="/assist/sign-out">
          <input type="hidden" name="lang" value={locale} />
          <button type="submit" className={LINK_CLASSES}>
            {t('signOut')}
          </button>
        </form>
      </div>
      <IdleLock lockedPath={`/${locale}/assist/locked`} />
    </div>
  );
}
