import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { Button, buttonLook } from '@/components/ui/button';
import { brand } from '@/lib/config/brand';
import type { Locale } from '@/lib/i18n/routing';
import { currentJourney } from '@/lib/session/current-journey';
import { pagePath } from '@/lib/session/guard';
import { followLink, startOver } from '../actions';

type Props = { params: Promise<{ locale: Locale }> };

/** How the latest submission ended, what became of the answers, and the one next thing to do. */
export default async function OutcomePage({ params }: Props) {
  const { locale } = await params;
  const { submission, walk } = await currentJourney();
  if (!submission) redirect(pagePath(locale, walk.open));
  const t = await getTranslations('outcome');
  const { state } = submission;
  const reference = submission.id.slice(0, 8).toUpperCase();
  const isWaiting = state === 'unknown' || state === 'sending';
  return (
    <>
      <title>{t(`${state}.title`)}</title>
      <h1>{t(`${state}.title`)}</h1>
      <p className="mt-4 mb-8">{t(`${state}.text`, { brand: brand().name, reference })}</p>
      {state === 'succeeded' ? (
        <form action={followLink.bind(null, locale)}>
          <Button type="submit">{t('succeeded.action')}</Button>
        </form>
      ) : (
        <a href={pagePath(locale, isWaiting ? 'outcome' : walk.open)} className={buttonLook()}>
          {t(`${state}.action`)}
        </a>
      )}
      {isWaiting ? null : (
        <form action={startOver.bind(null, locale)} className="mt-4">
          <Button type="submit" kind="secondary">
            {t('startOver')}
          </Button>
        </form>
      )}
    </>
  );
}
