import { getTranslations } from 'next-intl/server';
import { StampField } from '@/components/form/stamp-field';
import { PollForUpdates } from '@/components/layout/poll-for-updates';
import { StartOver, StartOverForm } from '@/components/layout/start-over';
import { Button, buttonVariants } from '@/components/ui/button';
import type { Brand } from '@/lib/config/brand/read-brand';
import { isPendingView, type OutcomePageView as View } from '@/lib/domain/upstream-responses/submission-view';
import { getPagePath } from '@/lib/i18n/paths';
import type { Locale } from '@/lib/i18n/routing';
import { ContactLink } from './contact-link';
import { LeaveFrameForm } from './last-page-view';
import { OutcomeIcon } from './outcome-icon';
import { OutcomeProgress } from './outcome-progress';
import { ReferenceNumber } from './reference-number';
import { ReturnLink } from './return-link';

/** Seconds between two reloads of a browser without script. */
const REFRESH_SECONDS = 5;

type Props = {
  locale: Locale;
  view: View;
  /** For the views `held` and `limited`: minutes until the customer can try again. */
  waitMinutes?: number | undefined;
  /** For the view `not-sent`: the formatted time of the upstream's `Retry-After`, if it sent one. */
  retryTime?: string | undefined;
  /** Empty without a submission. */
  reference: string;
  brand: Pick<Brand, 'name' | 'contact'>;
  /** The path on which the customer continues. */
  path: string;
  /** The stamp of the forms, which belong to one draft. */
  stamp: string;
  follow: (form: FormData) => Promise<void>;
  /** The partner's page; undefined without a link that names one, and while the customer should wait here. */
  returnUrl: string | undefined;
  /** In a partner's frame: opens the page in the whole window, where the session link may open. */
  exitToken?: string | undefined;
};

/** The customer may have to name the submission to the partner after these views. */
const VIEWS_WITH_REFERENCE: readonly View[] = ['checking', 'parked', 'delivered'];

/** Returns whether the customer can try again after the view. */
const isProblem = (view: View) => view === 'refused' || view === 'not-sent' || view === 'held' || view === 'limited';

/** The result of the latest submission, the state of the answers, and the next action. */
export async function OutcomeView(props: Props) {
  const { locale, view, waitMinutes, retryTime, reference, brand, path, stamp, follow, returnUrl, exitToken } = props;
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
        follow={view === 'succeeded' && exitToken === undefined ? follow : undefined}
        stamp={stamp}
      />
      <div role="status" data-view={view}>
        <OutcomeIcon kind={isPending || view === 'parked' ? 'pending' : isProblem(view) ? 'problem' : 'good'} />
        <h1>{t(`${view}.title`)}</h1>
        <p className="mt-3 mb-6">
          {view === 'not-sent' && retryTime
            ? t('not-sent.textAt', { brand: brand.name, time: retryTime })
            : t(`${view}.text`, { brand: brand.name, minutes: waitMinutes ?? 1 })}
        </p>
      </div>
      {view === 'sending' || view === 'checking' ? <OutcomeProgress view={view} /> : null}
      {reference && VIEWS_WITH_REFERENCE.includes(view) ? <ReferenceNumber reference={reference} /> : null}
      <NextAction view={view} path={path} stamp={stamp} locale={locale} follow={follow} exitToken={exitToken} />
      {isProblem(view) || view === 'parked' || view === 'delivered' ? <ContactLink brand={brand} /> : null}
      <ReturnLink url={returnUrl} brandName={brand.name} />
      {isProblem(view) || isPending ? (
        <StartOver locale={locale} stamp={stamp} />
      ) : (
        <div className="mt-6">
          <StartOverForm locale={locale} stamp={stamp} name={t('startOver')} isLink />
        </div>
      )}
    </>
  );
}

/** The button that continues from a view; the views that wait for a person have none. */
async function NextAction({
  view,
  path,
  stamp,
  locale,
  follow,
  exitToken,
}: Omit<Props, 'reference' | 'brand' | 'returnUrl'>) {
  const t = await getTranslations('outcome');
  switch (view) {
    case 'succeeded':
      return exitToken !== undefined ? (
        <LeaveFrameForm locale={locale} token={exitToken} label={t('succeeded.action')} />
      ) : (
        <form action={follow}>
          <StampField value={stamp} />
          <Button type="submit">{t('succeeded.action')}</Button>
        </form>
      );
    case 'refused':
    case 'not-sent':
    case 'held':
    case 'limited':
      return (
        <a href={path} className={buttonVariants()}>
          {t(`${view}.action`)}
        </a>
      );
    case 'sending':
    case 'checking':
      return (
        <a href={getPagePath(locale, 'outcome')} className={buttonVariants('secondary')}>
          {t('lookAgain')}
        </a>
      );
    case 'parked':
    case 'delivered':
      return null;
  }
}
