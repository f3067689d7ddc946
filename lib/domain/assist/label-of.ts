import { type FormInput, fieldText } from '../form-input.ts';
import type { JourneyContext } from '../journey-context.ts';
import { readFormPhone } from '../steps/identity/phone.ts';

/** How a customer is named on the list: what stands in the identity step, its phone in the one spelling when it is one. */
export function labelOf(
  identity: FormInput,
  { phoneRules }: Pick<JourneyContext, 'phoneRules'>,
  before: { phone: string } = { phone: '' },
): { name: string; phone: string } {
  const name = ['firstName', 'lastName'].map((field) => fieldText(identity, field).trim()).filter(Boolean);
  return { name: name.join(' '), phone: readFormPhone(identity, phoneRules) ?? before.phone };
}
