import type { FieldErrors } from '../../form-input.ts';
import type { JourneyContext } from '../../journey-context.ts';
import { readPhone } from '../../phone/phone.ts';
import type { IdentityAnswer } from '../identity/schema.ts';
import type { AddressAnswer } from './schema.ts';

/** Neighbouring routes of the vendor reject a phone of another country than the address (docs/vendor-notes.md#14-not-published). */
export function findAddressConflicts(
  { countryCode }: AddressAnswer,
  { identity }: { identity?: IdentityAnswer },
  { phoneRules }: JourneyContext,
): FieldErrors {
  const phone = identity && readPhone(identity.phoneNumber, phoneRules, undefined);
  return phone && phone.country !== countryCode ? { countryCode: 'countryCode.phone' } : {};
}
