import './console.css';
import { getTranslations } from 'next-intl/server';
import { TextButton, TextLink } from '@/components/ui/text-link';
import { TextWithValues } from '@/components/ui/value';
import { type Agent, hasPermission } from '@/lib/domain/assist/permissions';
import type { Locale } from '@/lib/i18n/routing';
import { IdleLock } from './idle-lock';

type Props = { agent: Pick<Agent, 'name' | 'shop' | 'role'>; locale: Locale; isPreview?: boolean };

/** The signed-in agent, the pages that the agent may open, and the sign-out button. It locks an idle console. */
export async function ConsoleBar({ agent, locale, isPreview = false }: Props) {
  const t = await getTranslations('assist');
  const pages = [
    { isOffered: hasPermission(agent.role, 'case.list', 'shop'), path: '', name: t('title') },
    { isOffered: hasPermission(agent.role, 'parked.list', 'shop'), path: '/parked', name: t('bar.parked') },
    { isOffered: hasPermission(agent.role, 'figures.read', 'shop'), path: '/figures', name: t('bar.figures') },
    { isOffered: hasPermission(agent.role, 'session.list', 'own'), path: '/sessions', name: t('bar.sessions') },
  ];
  return (
    <div className="console-bar">
      <nav className="flex flex-wrap gap-x-5" aria-label={t('bar.label')}>
        {pages.map(({ isOffered, path, name }) =>
          isOffered ? (
            <TextLink key={path} href={`/${locale}/assist${path}`}>
              {name}
            </TextLink>
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
          <TextButton type="submit">{t('signOut')}</TextButton>
        </form>
      </div>
      {isPreview ? null : <IdleLock lockedPath={`/${locale}/assist/locked`} />}
    </div>
  );
}
