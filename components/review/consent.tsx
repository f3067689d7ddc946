import { CONSENT_FIELD } from '@/components/form/form-names';
import { InlineLink } from '@/components/ui/text-link';
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
        <InlineLink key={path} href={path} target="_blank" rel="noopener" className="ml-2">
          {label}
        </InlineLink>
      ))}
      <RefreshOnReturn />
      <input type="hidden" name={CONSENT_FIELD} value={hash} />
    </div>
  );
}
