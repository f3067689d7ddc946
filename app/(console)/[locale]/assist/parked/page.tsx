import { getTranslations } from 'next-intl/server';
import { ConsoleBar } from '@/components/console/console-bar';
import { ParkedCase } from '@/components/console/parked-case';
import { Notice } from '@/components/form/notice';
import { asAgent } from '@/lib/auth/current-agent';
import { env } from '@/lib/config/env';
import type { Locale } from '@/lib/i18n/routing';
import { store } from '@/lib/store/store';
import { resolveParked } from './actions';

type Props = { params: Promise<{ locale: Locale }>; searchParams: Promise<{ problem?: string; of?: string }> };

const PROBLEMS = ['choose', 'changed', 'phone-held'] as const;

/** Submissions of the shop whose fate nobody knows, what was tried, and what a supervisor may decide. */
export default async function ParkedPage({ params, searchParams }: Props) {
  const { locale } = await params;
  const { session, waiting } = await asAgent(locale, 'parked.list', {}, async (session) => {
    const { cases, operations } = await store();
    const found = await cases.unsettled(session.shop);
    const told = found.map(async ({ id, customer, submissionId }) => {
      const story = await operations.story(submissionId);
      return { id, customer, story, reference: submissionId.slice(0, 8).toUpperCase() };
    });
    return { session, waiting: await Promise.all(told) };
  });
  const t = await getTranslations('assist.parked');
  const { problem, of } = await searchParams;
  const known = PROBLEMS.find((name) => name === problem);
  return (
    <>
      <title>{t('title')}</title>
      <ConsoleBar agent={session} locale={locale} />
      <h1>{t('title')}</h1>
      <p className="mt-4 mb-8">{t(waiting.length > 0 ? 'lead' : 'none')}</p>
      {known === 'changed' || known === 'phone-held' ? <Notice>{t(known)}</Notice> : null}
      <ul className="grid gap-8">
        {waiting.map(({ id, ...found }) => (
          <li key={id}>
            <ParkedCase
              {...found}
              locale={locale}
              timeZone={env().PARTNER_TIME_ZONE}
              problem={known === 'choose' && of === found.reference ? t('choose') : undefined}
              decide={resolveParked.bind(null, locale, id)}
            />
          </li>
        ))}
      </ul>
    </>
  );
}
