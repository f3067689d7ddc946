'use client';

import { usePathname } from 'next/navigation';

type Props = { language: string; label: string; to: 'en' | 'es' };

/** The same page in the other language. A plain link: the two languages share nothing but the draft. */
export function LanguageSwitch({ language, label, to }: Props) {
  const path = usePathname().replace(/^\/[a-z]{2}(?=\/|$)/, `/${to}`);
  return (
    <a
      href={path}
      hrefLang={to}
      lang={to}
      aria-label={label}
      className="inline-flex min-h-11 items-center px-2 underline underline-offset-4"
    >
      {language}
    </a>
  );
}
