'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { STEP_FORM_ID, SWITCH_TO_FIELD } from '@/components/form/form-names';
import type { Locale } from '@/lib/domain/locale';

type Props = { language: string; label: string; targetLocale: Locale };

const STEP_PAGE = /\/(onboarding|assist\/cases\/[^/]+)\/(?!review|outcome|card$)|\/onboarding\/card$/;
const LINK_CLASSES = 'inline-flex min-h-11 cursor-pointer items-center px-2 underline underline-offset-4';

/**
 * The same page in the other language. Where a form may be half filled, it is posted along, so that nothing that is typed
 * or on the screen stays behind; with script and without.
 */
export function LanguageSwitch({ language, label, targetLocale }: Props) {
  const path = usePathname().replace(/^\/[a-z]{2}(?=\/|$)/, `/${targetLocale}`);
  const query = useSearchParams().toString();
  const linkProps = { lang: targetLocale, 'aria-label': label, className: LINK_CLASSES };
  if (STEP_PAGE.test(path)) {
    return (
      <span>
        {/* The Enter key presses a form's first button: that has to be one that continues. */}
        <button type="submit" form={STEP_FORM_ID} tabIndex={-1} aria-hidden="true" className="sr-only" />
        <button type="submit" form={STEP_FORM_ID} name={SWITCH_TO_FIELD} value={targetLocale} {...linkProps}>
          {language}
        </button>
      </span>
    );
  }
  return (
    <a href={query ? `${path}?${query}` : path} hrefLang={targetLocale} {...linkProps}>
      {language}
    </a>
  );
}
