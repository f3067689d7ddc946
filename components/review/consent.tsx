import { CONSENT_FIELD } from '@/components/form/form-names';
import type { ConsentText } from '@/lib/config/brand/consent-text';

/** What the button above which it stands agrees to. The form says which words were shown: they are the evidence. */
export function Consent({ text, hash }: ConsentText) {
  return (
    <div className="text-[0.9375rem]">
      <p>{text}</p>
      <input type="hidden" name={CONSENT_FIELD} value={hash} />
    </div>
  );
}
