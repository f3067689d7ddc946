import type { FieldErrors } from '../../form-input.ts';
import type { JourneyContext } from '../../journey-context.ts';
import { readPhone } from '../../phone/phone.ts';
import type { IdentityAnswer } from '../identity/schema.ts';
import type { AddressAnswer } from './schema.ts';

/** The vendor refuses a phone of another country than the address's (`ERROR_COUNTRY_NOT_SUPPORTED`, contract, section 1.4). */
export function findAddressConflicts(
  { countryCode }: AddressAnswer,
  { identity }: { identity?: IdentityAnswer },
  { phoneRules }: JourneyContext,
): FieldErrors {
  const phone = identity && readPhone(identity.phoneNumber, phoneRules, undefined);
  return phone && phone.country !== countryCode ? { countryCode: 'countryCode.phone' } : {};
}
