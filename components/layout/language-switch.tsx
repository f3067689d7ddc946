'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { STEP_FORM_ID, SWITCH_TO_FIELD } from '@/components/form/form-names';
import { TextButton, TextLink } from '@/components/ui/text-link';
import type { Locale } from '@/lib/domain/locale';

type Props = { language: string; label: string; targetLocale: Locale };

const STEP_PAGE =
  /\/(onboarding|assist\/cases\/[^/]+)\/(?!review|outcome|document|card$|hand-over|history)|\/onboarding\/card$/;

/** Opens the same page in the other language. On a step's page it posts the partial form, with and without script. */
export function LanguageSwitch({ language, label, targetLocale }: Props) {
  const path = usePathname().replace(/^\/[a-z]{2}(?=\/|$)/, `/${targetLocale}`);
  const query = useSearchParams().toString();
  const linkProps = { lang: targetLocale, 'aria-label': label, className: 'px-2' };
  if (STEP_PAGE.test(path)) {
    return (
      <span>
        {/* The Enter key presses a form's first button, which must be one that continues. */}
        <button type="submit" form={STEP_FORM_ID} tabIndex={-1} aria-hidden="true" className="sr-only" />
        <TextButton type="submit" form={STEP_FORM_ID} name={SWITCH_TO_FIELD} value={targetLocale} {...linkProps}>
          {language}
        </TextButton>
      </span>
    );
  }
  return (
    <TextLink href={query ? `${path}?${query}` : path} hrefLang={targetLocale} {...linkProps}>
      {language}
    </TextLink>
  );
}
