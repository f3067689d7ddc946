import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { KeepLooking } from '@/components/layout/keep-looking';
import { Button, buttonLook } from '@/components/ui/button';
import { brand } from '@/lib/config/brand/brand';
import { isWaiting, viewOf } from '@/lib/domain/outcomes/page';
import { holdsDraft } from '@/lib/domain/submission';
import type { Locale } from '@/lib/i18n/routing';
import { currentJourney } from '@/lib/session/current-journey';
import { pagePath } from '@/lib/session/guard';
import { followLink, startOver } from '../actions';

type Props = { params: Promise<{ locale: Locale }>; searchParams: Promise<{ later?: string }> };

/** Seconds between two looks of a browser without script. */
const REFRESH_SECONDS = 5;

/** How the latest submission ended, what became of the answers, and the one next thing to do. */
export default async function OutcomePage({ params, searchParams }: Props) {
  const { locale } = await params;
  const { submission, walk } = await currentJourney();
  const isHeld = submission && holdsDraft(submission.state);
  const isLater = (await searchParams).later !== undefined && !isHeld;
  if (!submission && !isLater) redirect(pagePath(locale, walk.open));
  const t = await getTranslations('outcome');
  const view = submission && !isLater ? viewOf(submission) : 'not-sent';
  const reference = submission?.id.slice(0, 8).toUpperCase() ?? '';
  const waits = isWaiting(view);
  const follow = followLink.bind(null, locale);
  return (
    <>
      <title>{t(`${view}.title`)}</title>
      {waits ? (
        <noscript>
          <meta httpEquiv="refresh" content={String(REFRESH_SECONDS)} />
        </noscript>
      ) : null}
      <KeepLooking
        view={view}
        isWaiting={waits}
        lookAt={`${pagePath(locale, 'outcome')}/view`}
        follow={view === 'succeeded' ? follow : undefined}
      />
      <div role="status">
        <h1>{t(`${view}.title`)}</h1>
        <p className="mt-4 mb-8">{t(`${view}.text`, { brand: brand().name, reference })}</p>
      </div>
      {view === 'succeeded' ? (
        <form action={follow}>
          <Button type="submit">{t('succeeded.action')}</Button>
        </form>
      ) : view === 'refused' || view === 'not-sent' ? (
        <a href={pagePath(locale, walk.open)} className={buttonLook()}>
          {t(`${view}.action`)}
        </a>
      ) : waits ? (
        <a href={pagePath(locale, 'outcome')} className={buttonLook('secondary')}>
          {t('lookAgain')}
        </a>
      ) : null}
      {waits ? null : (
        <form action={startOver.bind(null, locale)} className="mt-4">
          <Button type="submit" kind="secondary">
            {t('startOver')}
          </Button>
        </form>
      )}
    </>
  );
}
