import { Button } from '@/components/ui/button';
import type { Locale } from '@/lib/i18n/routing';

type Props = {
  ids: readonly string[];
  locale: Locale;
  name: string;
  /** The id of the text that describes the button's session. */
  describedById?: string;
};

/** Ends sessions on other devices, after the agent has authenticated again at the identity provider. */
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
