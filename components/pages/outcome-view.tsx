import { getTranslations } from 'next-intl/server';
import { StampField } from '@/components/form/stamp-field';
import { PollForUpdates } from '@/components/layout/poll-for-updates';
import { StartOver, StartOverForm } from '@/components/layout/start-over';
import { Button, buttonVariants } from '@/components/ui/button';
import { isPendingView, type OutcomePageView as View } from '@/lib/domain/upstream-responses/submission-view';
import { getPagePath } from '@/lib/i18n/paths';
import type { Locale } from '@/lib/i18n/routing';

/** Seconds between two reloads of a browser without script. */
const REFRESH_SECONDS = 5;

type Props = {
  locale: Locale;
  view: View;
  /** For the views `held` and `limited`: minutes until the customer can try again. */
  waitMinutes?: number | undefined;
  /** For the view `not-sent`: the formatted time of the upstream's `Retry-After`, if it sent one. */
  retryTime?: string | undefined;
  reference: string;
  brandName: string;
  /** The path on which the customer continues. */
  path: string;
  /** The stamp of the forms, which belong to one draft. */
  stamp: string;
  follow: (form: FormData) => Promise<void>;
};

/** The result of the latest submission, the state of the answers, and the next action. */
export async function OutcomeView(props: Props) {
  const { locale, view, waitMinutes, retryTime, reference, brandName, path, stamp, follow } = props;
  const t = await getTranslations('outcome');
  const isPending = isPendingView(view);
  return (
    <>
      <title>{t(`${view}.title`)}</title>
      {isPending ? (
        <noscript>
          <meta httpEquiv="refresh" content={String(REFRESH_SECONDS)} />
        </noscript>
      ) : null}
      <PollForUpdates
        view={view}
        isWaiting={isPending}
        pollPath={`${getPagePath(locale, 'outcome')}/view`}
        follow={view === 'succeeded' ? follow : undefined}
        stamp={stamp}
      />
      <div role="status">
        <OutcomeIcon view={view} />
        <h1>{t(`${view}.title`)}</h1>
        <p className="mt-4 mb-8">
          {view === 'not-sent' && retryTime
            ? t('not-sent.textAt', { brand: brandName, time: retryTime })
            : t(`${view}.text`, { brand: brandName, reference, minutes: waitMinutes ?? 1 })}
        </p>
      </div>
      {view === 'succeeded' ? (
        <form action={follow}>
          <StampField value={stamp} />
          <Button type="submit">{t('succeeded.action')}</Button>
        </form>
      ) : isProblem(view) ? (
        <a href={path} className={buttonVariants()}>
          {t(`${view}.action`)}
        </a>
      ) : isPending ? (
        <a href={getPagePath(locale, 'outcome')} className={buttonVariants('secondary')}>
          {t('lookAgain')}
        </a>
      ) : null}
      {isPending ? (
        <StartOver locale={locale} stamp={stamp} />
      ) : (
        <div className="mt-4">
          <StartOverForm locale={locale} stamp={stamp} name={t('startOver')} />
        </div>
      )}
    </>
  );
}

/** Returns whether the customer can try again after the view. */
const isProblem = (view: View) => view === 'refused' || view === 'not-sent' || view === 'held' || view === 'limited';

/** An icon of the result for customers who do not read well: delivered, pending, or not delivered. */
function OutcomeIcon({ view }: { view: View }) {
  const isGood = view === 'succeeded' || view === 'delivered';
  const isBad = isProblem(view);
  const strokeClass = isGood ? 'stroke-good' : isBad ? 'stroke-danger' : 'stroke-quiet';
  return (
    <svg aria-hidden="true" viewBox="0 0 48 48" className={`mb-6 size-14 fill-none stroke-3 ${strokeClass}`}>
      <circle cx="24" cy="24" r="21" />
      {isGood ? (
        <path d="m14 25 7 7 13-15" strokeLinecap="round" strokeLinejoin="round" />
      ) : isBad ? (
        <path d="M24 13v14m0 7v.5" strokeLinecap="round" />
      ) : (
        <path d="M24 12v13l8 5" strokeLinecap="round" strokeLinejoin="round" />
      )}
    </svg>
  );
}
