import { getMessages, getTranslations } from 'next-intl/server';
import { CaseBanner } from '@/components/console/case-banner';
import { ConsoleBar } from '@/components/console/console-bar';
import { Value } from '@/components/ui/value';
import { asAgent, findCase } from '@/lib/auth/current-agent';
import { env } from '@/lib/config/env';
import { flatten } from '@/lib/i18n/flatten';
import type { Locale } from '@/lib/i18n/routing';
import { store } from '@/lib/store/store';

/** What the audit's name of a refused action begins with. */
const REFUSED = 'refused.';

type Props = { params: Promise<{ locale: Locale; case: string }> };

/** Who did what with a case: from the audit, without a value. */
export default async function HistoryPage({ params }: Props) {
  const { locale, case: id } = await params;
  const { session, found, entries } = await asAgent(locale, 'case.history', { caseId: id }, async (session) => ({
    ...{ session, found: await findCase(session, id), entries: await (await store()).audit.ofCase(id) },
  }));
  const t = await getTranslations('assist.history');
  const actions = flatten((await getMessages()).assist.history.actions);
  const nameAction = (action: string) => actions.get(action) ?? action;
  const nameEntry = (action: string) =>
    action.startsWith(REFUSED)
      ? t('refused', { action: nameAction(action.slice(REFUSED.length)) })
      : nameAction(action);
  const times = new Intl.DateTimeFormat(locale, {
    ...{ dateStyle: 'short', timeStyle: 'medium', timeZone: env().PARTNER_TIME_ZONE },
  });
  return (
    <>
      <title>{t('title')}</title>
      <ConsoleBar agent={session} locale={locale} />
      <CaseBanner customer={found.customer} />
      <h1 className="mb-6">{t('title')}</h1>
      <ol className="grid gap-3">
        {entries.map(({ at, actor, action, fields, source }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: entries are only ever added behind
          <li key={place} className="border-b border-line pb-3 text-[0.9375rem]">
            <span className="tabular-nums text-quiet">{`${times.format(new Date(at))} · `}</span>
            <strong>{actor === 'customer' ? t('customer') : <Value>{actor}</Value>}</strong>
            <span>{` · ${nameEntry(action)}`}</span>
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
