import { CONSENT_FIELD } from '@/components/form/form-names';
import { TextLink } from '@/components/ui/text-link';
import type { ConsentText } from '@/lib/config/brand/consent-text';

type Props = ConsentText & {
  /** Links to the partner's terms and privacy notice. */
  links: readonly { path: string; label: string }[];
};

/** The consent text above the submit button. The form posts its hash as evidence of the wording. */
export function Consent({ text, hash, links }: Props) {
  return (
    <div className="text-[0.9375rem] leading-snug">
      <p>{text}</p>
      {links.length > 0 ? (
        <p className="flex flex-wrap gap-x-5">
          {links.map(({ path, label }) => (
            // A new tab keeps the page with the button.
            <TextLink key={path} href={path} target="_blank" rel="noopener">
              {label}
            </TextLink>
          ))}
        </p>
      ) : null}
      <input type="hidden" name={CONSENT_FIELD} value={hash} />
    </div>
  );
}
