import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { hasConsole } from '@/lib/auth/identity-provider';
import { parseWaitMinutes } from '@/lib/domain/retry-time';
import type { Locale } from '@/lib/i18n/routing';

type Props = { params: Promise<{ locale: Locale }>; searchParams: Promise<{ problem?: string; wait?: string }> };

const PROBLEMS = ['failed', 'cookies', 'refused', 'unavailable'] as const;

export default async function SignInPage({ params, searchParams }: Props) {
  const { locale } = await params;
  if (!hasConsole()) notFound();
  const t = await getTranslations('assist.signIn');
  const { problem, wait } = await searchParams;
  const knownProblem = PROBLEMS.find((name) => name === problem);
  const minutes = parseWaitMinutes(wait);
  const notice = minutes ? t('limited', { minutes }) : knownProblem && t(knownProblem);
  return (
    <>
      <title>{t('title')}</title>
      <h1>{t('title')}</h1>
      <form method="post" action="/assist/sign-in" className="mt-8 grid gap-6">
        <input type="hidden" name="lang" value={locale} />
        {notice ? <Alert className="font-medium">{notice}</Alert> : null}
        <label className="flex min-h-11 cursor-pointer items-center gap-4">
          <input type="checkbox" name="isShared" value="yes" className="size-5 shrink-0 accent-accent" />
          <span>{t('shared')}</span>
        </label>
        <Button type="submit">{t('action')}</Button>
      </form>
    </>
  );
}
