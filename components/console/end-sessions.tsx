import { Button } from '@/components/ui/button';
import type { Locale } from '@/lib/i18n/routing';

type Props = {
  ids: readonly string[];
  locale: Locale;
  name: string;
  /** The id of the text that says which session the button is for. */
  describedById?: string;
};

/** Ends sessions on other devices, by way of the identity provider: whoever does that shows once more who they are. */
export function EndSessions({ ids, locale, name, describedById }: Props) {
  return (
    <form method="post" action="/assist/sign-in">
      <input type="hidden" name="lang" value={locale} />
      {ids.map((id) => (
        <input key={id} type="hidden" name="ends" value={id} />
      ))}
      <Button type="submit" kind={describedById ? 'secondary' : 'primary'} aria-describedby={describedById}>
        {name}
      </Button>
    </form>
  );
}
