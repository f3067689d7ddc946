import * as z from 'zod/mini';
import { CARD_NUMBER_KEY, hasCardNumber } from '../card/card-number.ts';
import type { JourneyContext } from '../journey-context.ts';
import { isPhone } from '../phone/phone.ts';
import { MAX_CHOICE_LENGTH, MAX_NAME_LENGTH } from '../text/max-lengths.ts';
import { codeNormalizer } from '../text/text-schemas.ts';

/** Languages that agents speak with customers. */
export const SPOKEN_LANGUAGES = ['es', 'en'] as const;

const maxLengths = { phoneCountry: MAX_CHOICE_LENGTH, phoneNumber: MAX_NAME_LENGTH, spoken: MAX_CHOICE_LENGTH };

const textSchema = z.catch(z.string().check(codeNormalizer), '');

const createStartSchema = ({ phoneRules }: JourneyContext) =>
  z.object({
    phoneCountry: textSchema,
    phoneNumber: textSchema.check(({ value, issues }) => {
      const message = findProblem(value, phoneRules);
      if (message) issues.push({ code: 'custom', message, path: [], input: value });
    }),
    spoken: z.catch(z.enum(SPOKEN_LANGUAGES), 'es'),
  });

/** The worklist's form: a customer's phone, name or code in one field, and the language of a new case. */
export const startStep = {
  maxLengths,
  fields: Object.keys(maxLengths),
  schema: createStartSchema,
  loadSchema: async () => createStartSchema,
  ownNumbers: { phoneNumber: (text: string, { phoneRules }: JourneyContext) => isPhone(text, phoneRules) },
};

function findProblem(text: string, rules: JourneyContext['phoneRules']): string | undefined {
  if (text === '') return 'customer.required';
  if (isPhone(text, rules)) return undefined;
  return hasCardNumber(text) ? CARD_NUMBER_KEY : undefined;
}
