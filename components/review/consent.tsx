import { CONSENT_FIELD } from '@/components/form/form-names';
import type { ConsentText } from '@/lib/config/brand/consent-text';
import { RefreshOnReturn } from './refresh-on-return';

type Props = ConsentText & {
  /** Links to the partner's terms and privacy notice. */
  links: readonly { path: string; label: string }[];
};

/** The consent text above the submit button. The form posts its hash as evidence of the wording. */
export function Consent({ text, hash, links }: Props) {
  return (
    <div className="consent mb-2 text-[0.8125rem] leading-snug">
      <p className="inline">{text}</p>
      {links.map(({ path, label }) => (
        // A new tab keeps the page with the button.
        <a
          key={path}
          href={path}
          target="_blank"
          rel="noopener"
          className="ml-2 inline-flex min-h-6 min-w-11 items-center underline underline-offset-4"
        >
          {label}
        </a>
      ))}
      <RefreshOnReturn />
      <input type="hidden" name={CONSENT_FIELD} value={hash} />
    </div>
  );
}
