import { type FormInput, getFieldText } from '../form-input.ts';
import type { JourneyContext } from '../journey-context.ts';
import { parseFormPhone } from '../steps/identity/phone.ts';

/** Returns the name and phone (E.164 if valid) by which the agent's list shows a customer. */
export function getCustomerLabel(
  identity: FormInput,
  { phoneRules }: Pick<JourneyContext, 'phoneRules'>,
  previousLabel: { phone: string } = { phone: '' },
): { name: string; phone: string } {
  const name = ['firstName', 'lastName'].map((field) => getFieldText(identity, field).trim()).filter(Boolean);
  return { name: name.join(' '), phone: parseFormPhone(identity, phoneRules) ?? previousLabel.phone };
}
