import * as z from 'zod/mini';
import type { JourneyContext } from '../journey-context.ts';
import { isPhone } from '../phone/phone.ts';
import { createPhoneSchema, withPhoneCountry } from '../steps/identity/phone.ts';
import { MAX_CHOICE_LENGTH, MAX_PHONE_LENGTH } from '../text/text-schemas.ts';

/** Languages that agents speak with customers. */
export const SPOKEN_LANGUAGES = ['es', 'en'] as const;

const maxLengths = { phoneCountry: MAX_CHOICE_LENGTH, phoneNumber: MAX_PHONE_LENGTH, spoken: MAX_CHOICE_LENGTH };

/** The form that opens a case: the customer's phone and language. */
export const startStep = {
  maxLengths,
  fields: Object.keys(maxLengths),
  schema: ({ phoneRules }: JourneyContext) =>
    withPhoneCountry(
      z.object({ phoneNumber: createPhoneSchema(phoneRules), spoken: z.catch(z.enum(SPOKEN_LANGUAGES), 'es') }),
    ),
  ownNumbers: { phoneNumber: (text: string, { phoneRules }: JourneyContext) => isPhone(text, phoneRules) },
};
