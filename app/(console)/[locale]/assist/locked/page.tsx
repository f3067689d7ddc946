import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { Button } from '@/components/ui/button';
import { TextWithValues } from '@/components/ui/value';
import { getCurrentSession } from '@/lib/auth/agent-authorization';
import type { Locale } from '@/lib/i18n/routing';

type Props = { params: Promise<{ locale: Locale }> };

/** Shows on a locked device the agent of its session, and nothing of a customer. */
export default async function LockedPage({ params }: Props) {
  const { locale } = await params;
  const session = await getCurrentSession();
  if (session?.lockedPath === undefined) redirect(`/${locale}/assist`);
  const t = await getTranslations('assist.locked');
  return (
    <>
      <title>{t('title')}</title>
      <h1>{t('title')}</h1>
      <p className="mt-4 mb-8">
        <TextWithValues text={t('text', { name: '{name}' })} values={{ name: session.name }} />
      </p>
      <form method="post" action="/assist/sign-in">
        <input type="hidden" name="lang" value={locale} />
        <Button type="submit" autoFocus>
          {t('action')}
        </Button>
      </form>
    </>
  );
}
