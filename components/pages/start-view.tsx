import { getTranslations } from 'next-intl/server';
import { StartOver } from '@/components/layout/start-over';
import { Alert } from '@/components/ui/alert';
import { buttonVariants } from '@/components/ui/button';
import type { Locale } from '@/lib/i18n/routing';

const NEEDS = ['needName', 'needPhone', 'needAddress', 'needMoney'] as const;

type Props = {
  locale: Locale;
  path: string;
  hasDraft: boolean;
  stamp: string;
  /** A form of another person's application was posted from this device. */
  isAnotherPerson: boolean;
};

/** The first page: the required information, the duration, and the start button. */
export async function StartView({ locale, path, hasDraft, stamp, isAnotherPerson }: Props) {
  const t = await getTranslations('start');
  const tForm = await getTranslations('form');
  return (
    <>
      <title>{t('title')}</title>
      {isAnotherPerson ? <Alert className="mb-6 font-medium">{t('another')}</Alert> : null}
      <h1>{t('title')}</h1>
      <p className="mt-4">{t('lead')}</p>
      <h2 className="mt-8 text-lg font-bold">{t('needsTitle')}</h2>
      <ul className="mt-3 mb-10 grid gap-3">
        {NEEDS.map((need) => (
          <li key={need} className="flex gap-3">
            <CheckIcon />
            <span>{t(need)}</span>
          </li>
        ))}
      </ul>
      <a href={path} className={buttonVariants()}>
        {hasDraft ? tForm('continue') : t('begin')}
      </a>
      {hasDraft ? <StartOver locale={locale} stamp={stamp} /> : null}
    </>
  );
}

function CheckIcon() {
  return (
    <svg aria-hidden="true" viewBox="0 0 20 20" className="mt-1 size-5 shrink-0 fill-none stroke-good stroke-2">
      <path d="m4 10.5 4 4 8-9" />
    </svg>
  );
}
