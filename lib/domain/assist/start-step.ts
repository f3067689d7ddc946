import * as z from 'zod/mini';
import type { JourneyContext } from '../journey-context.ts';
import { isPhone } from '../phone/phone.ts';
import { phone, withPhoneCountry } from '../steps/identity/phone.ts';
import { MAX_CHOICE, MAX_PHONE } from '../text/text.ts';

/** Languages that a customer may be spoken to in. */
export const SPOKEN = ['es', 'en'] as const;

const maxLengths = { phoneCountry: MAX_CHOICE, phoneNumber: MAX_PHONE, spoken: MAX_CHOICE };

/** How a case begins: the phone first, and the customer's language. */
export const startStep = {
  maxLengths,
  fields: Object.keys(maxLengths),
  schema: ({ phoneRules }: JourneyContext) =>
    withPhoneCountry(z.object({ phoneNumber: phone(phoneRules), spoken: z.catch(z.enum(SPOKEN), 'es') })),
  ownNumbers: { phoneNumber: (text: string, { phoneRules }: JourneyContext) => isPhone(text, phoneRules) },
};
