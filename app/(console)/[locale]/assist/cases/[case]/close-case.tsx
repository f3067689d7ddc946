import { Button } from '@/components/ui/button';
import type { Locale } from '@/lib/i18n/routing';

/** Closes the case and leaves for the list. A plain form, because the browser must load a new document (`/assist/next`). */
export const CloseCase = ({ locale, caseId, label }: { locale: Locale; caseId: string; label: string }) => (
  <form method="post" action="/assist/next">
    <input type="hidden" name="lang" value={locale} />
    <input type="hidden" name="case" value={caseId} />
    <Button type="submit">{label}</Button>
  </form>
);
