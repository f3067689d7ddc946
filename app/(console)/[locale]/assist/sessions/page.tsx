import { getTranslations } from 'next-intl/server';
import { ConsoleBar } from '@/components/console/console-bar';
import { EndSessions } from '@/components/console/end-sessions';
import { withAgentAuthorization } from '@/lib/auth/agent-authorization';
import { getEnv } from '@/lib/config/env';
import type { Locale } from '@/lib/i18n/routing';
import type { AgentSessionOverview } from '@/lib/store/agent-sessions';
import { getStore } from '@/lib/store/store';

type Props = { params: Promise<{ locale: Locale }>; searchParams: Promise<{ ended?: string }> };

/** Lists the agent's sessions and lets the agent end the others (OWASP ASVS 5.0, 7.5.2). */
export default async function SessionsPage({ params, searchParams }: Props) {
  const { locale } = await params;
  const { session, sessions } = await withAgentAuthorization(
    { locale, action: 'session.list' },
    async ({ session }) => ({
      session,
      sessions: await (await getStore()).agents.listBySubject(session.subject),
    }),
  );
  const t = await getTranslations('assist.sessions');
  const otherIds = sessions.flatMap(({ id }) => (id === session.id ? [] : [id]));
  return (
    <>
      <title>{t('title')}</title>
      <ConsoleBar agent={session} locale={locale} />
      <h1>{t('title')}</h1>
      {'ended' in (await searchParams) ? (
        <p role="status" className="mt-4 font-medium">
          {t('ended')}
        </p>
      ) : null}
      <p className="mt-4 mb-6">{t(otherIds.length > 0 ? 'lead' : 'none')}</p>
      <ul className="grid gap-4">
        {sessions.map((listed) => (
          <SessionItem key={listed.id} session={listed} isCurrent={listed.id === session.id} locale={locale} />
        ))}
      </ul>
      {otherIds.length > 1 ? (
        <div className="mt-6">
          <EndSessions ids={otherIds} locale={locale} name={t('endOthers')} />
        </div>
      ) : null}
    </>
  );
}

type ItemProps = { session: AgentSessionOverview; isCurrent: boolean; locale: Locale };

async function SessionItem({ session, isCurrent, locale }: ItemProps) {
  const { id, createdAt, seenAt, isShared, isLocked } = session;
  const t = await getTranslations('assist.sessions');
  const times = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: getEnv().PARTNER_TIME_ZONE,
  });
  return (
    <li className="flex flex-wrap items-center justify-between gap-4 border-b border-line pb-4">
      <div>
        {isCurrent ? <strong className="block">{t('here')}</strong> : null}
        <p id={`since-${id}`}>{t('since', { time: times.format(createdAt) })}</p>
        <p className="text-quiet">{t('seen', { time: times.format(seenAt) })}</p>
        {isShared ? <p className="text-quiet">{t('shared')}</p> : null}
        {isLocked ? <p className="text-quiet">{t('locked')}</p> : null}
      </div>
      {isCurrent ? null : <EndSessions ids={[id]} locale={locale} name={t('end')} describedById={`since-${id}`} />}
    </li>
  );
}
