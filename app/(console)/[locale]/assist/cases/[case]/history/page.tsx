import { getMessages, getTranslations } from 'next-intl/server';
import { CaseBanner } from '@/components/console/case-banner';
import { ConsoleBar } from '@/components/console/console-bar';
import { Value } from '@/components/ui/value';
import { withAgentAuthorization } from '@/lib/auth/agent-authorization';
import { getEnv } from '@/lib/config/env';
import { toFlatMessages } from '@/lib/i18n/message-tree';
import type { Locale } from '@/lib/i18n/routing';
import { getStore } from '@/lib/store/store';

/** The prefix of denied actions in the audit. */
const REFUSED_PREFIX = 'refused.';

type Props = { params: Promise<{ locale: Locale; case: string }> };

/** Shows the audit of a case: actors, actions and field names, never a value. */
export default async function HistoryPage({ params }: Props) {
  const { locale, case: caseId } = await params;
  const { session, caseRecord, entries } = await withAgentAuthorization(
    { locale, action: 'case.history', caseId },
    async (access) => ({ ...access, entries: await (await getStore()).audit.listByCase(caseId) }),
  );
  const t = await getTranslations('assist.history');
  const actionNames = toFlatMessages((await getMessages()).assist.history.actions);
  const getActionName = (action: string) => actionNames.get(action) ?? action;
  const formatEntry = (action: string) =>
    action.startsWith(REFUSED_PREFIX)
      ? t('refused', { action: getActionName(action.slice(REFUSED_PREFIX.length)) })
      : getActionName(action);
  const times = new Intl.DateTimeFormat(locale, {
    dateStyle: 'short',
    timeStyle: 'medium',
    timeZone: getEnv().PARTNER_TIME_ZONE,
  });
  return (
    <>
      <title>{t('title')}</title>
      <ConsoleBar agent={session} locale={locale} />
      <CaseBanner customer={caseRecord.customer} />
      <h1 className="mb-6">{t('title')}</h1>
      <ol className="grid gap-3">
        {entries.map(({ at: time, actor, action, fields, source }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: entries are only appended
          <li key={index} className="border-b border-line pb-3 text-[0.9375rem]">
            <span className="tabular-nums text-quiet">{`${times.format(new Date(time))} · `}</span>
            <strong>{actor === 'customer' ? t('customer') : <Value>{actor}</Value>}</strong>
            <span>{` · ${formatEntry(action)}`}</span>
            {fields.length > 0 ? (
              <p className="wrap-anywhere">
                <span>{fields.join(', ')}</span>
                {source ? <span className="text-quiet">{` · ${t(`sources.${source}`)}`}</span> : null}
              </p>
            ) : null}
          </li>
        ))}
      </ol>
    </>
  );
}
