import { getMessages, getTranslations } from 'next-intl/server';
import { Value } from '@/components/ui/value';
import { toFlatMessages } from '@/lib/i18n/message-tree';
import type { Locale } from '@/lib/i18n/routing';
import type { NamedAct } from '@/lib/use-cases/agent/get-case-history';
import { getFieldLabels, listFieldLabels } from './field-labels';
import { JoinedLine } from './joined-line';
import { getStepLabels } from './step-labels';

/** The prefix of denied actions in the audit. */
const REFUSED_PREFIX = 'refused.';

type Props = { locale: Locale; acts: readonly NamedAct[]; timeZone: string; country: string };

/** The acts on a case, one row each: time, actor, action, and the labels of the fields. */
export async function HistoryList({ locale, acts, timeZone, country }: Props) {
  const t = await getTranslations('assist.history');
  const getLabel = await getFieldLabels(country);
  const stepLabels = await getStepLabels();
  const actionNames = toFlatMessages((await getMessages()).assist.history.actions);
  const getActionName = (action: string) => actionNames.get(action) ?? action;
  const formatAction = (action: string) =>
    action.startsWith(REFUSED_PREFIX)
      ? t('refused', { action: getActionName(action.slice(REFUSED_PREFIX.length)) })
      : getActionName(action);
  const times = new Intl.DateTimeFormat(locale, {
    dateStyle: 'short',
    timeStyle: 'medium',
    timeZone,
  });
  return (
    <ol className="grid gap-2" reversed>
      {acts.map(({ at: time, actor, actorName, action, fields, source }) => (
        <li key={`${time} ${actor} ${action}`} className="border-b border-line pb-2 text-[0.9375rem]">
          <JoinedLine>
            <span className="tabular-nums text-quiet">{times.format(new Date(time))}</span>
            <strong>{actor === 'customer' ? t('customer') : <Value>{actorName}</Value>}</strong>
            <span>{formatAction(action)}</span>
            {source ? <span className="text-quiet">{t(`sources.${source}`)}</span> : null}
          </JoinedLine>
          {fields.length > 0 ? (
            <p className="wrap-anywhere">{listFieldLabels(fields, getLabel, stepLabels).join(', ')}</p>
          ) : null}
        </li>
      ))}
    </ol>
  );
}
