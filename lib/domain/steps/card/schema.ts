import * as z from 'zod/mini';
import { getLastFour, isCodeAlias, isNumberAlias } from '../../card/alias.ts';
import { CARD_TYPES } from '../../card/card-types.ts';
import { isCardExpired } from '../../card/expiry.ts';
import { CARD_NETWORKS } from '../../card/networks.ts';
import { COUNTRY_CODES } from '../../countries/countries.ts';
import type { JourneyContext } from '../../journey-context.ts';
import { createOptionalChoiceSchema, createRequiredNameSchema } from '../../text/text-schemas.ts';

/**
 * A card from the vault: aliases and data that may be displayed. Values that are not aliases are refused; the last four
 * digits of an alias must match.
 */
export const createCardSchema = ({ today, vaultEnvironment }: JourneyContext) =>
  z.object({
    addCardParams: z
      .object({
        cardtype: z.enum(CARD_TYPES, 'addCardParams.cardtype.required'),
        nameOnCard: createRequiredNameSchema('addCardParams.nameOnCard'),
        country: createOptionalChoiceSchema(COUNTRY_CODES, 'countryCode.unknown'),
        number: z.string('card.fault').check(z.refine((value) => isNumberAlias(value, vaultEnvironment), 'card.fault')),
        securityCode: z
          .string('card.fault')
          .check(z.refine((value) => isCodeAlias(value, vaultEnvironment), 'card.fault')),
        expirationDate: z.string('card.fault').check(
          z.regex(/^(0[1-9]|1[0-2])\d{2}$/, 'card.fault'),
          z.refine((value) => !isCardExpired(value, today), 'card.expired'),
        ),
        cardNetwork: z.enum(CARD_NETWORKS, 'card.network'),
        lastFour: z.string('card.fault').check(z.regex(/^\d{4}$/, 'card.fault')),
      })
      .check(
        z.refine(({ number, lastFour }) => (getLastFour(number) ?? lastFour) === lastFour, {
          error: 'card.fault',
          path: ['number'],
        }),
      ),
  });

export type CardAnswer = z.output<ReturnType<typeof createCardSchema>>;
