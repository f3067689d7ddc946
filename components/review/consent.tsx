import { CONSENT_FIELD } from '@/components/form/form-names';
import type { ConsentText } from '@/lib/config/brand/consent-text';

/** The consent text above the submit button. The form posts its hash as evidence of the wording. */
export function Consent({ text, hash }: ConsentText) {
  return (
    <div className="text-[0.9375rem]">
      <p>{text}</p>
      <input type="hidden" name={CONSENT_FIELD} value={hash} />
    </div>
  );
}
