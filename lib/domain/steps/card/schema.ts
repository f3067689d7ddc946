import * as z from 'zod/mini';
import { getLastFour, isCodeAlias, isNumberAlias } from '../../card/alias.ts';
import { CARD_TYPES } from '../../card/card-types.ts';
import { isCardExpired } from '../../card/expiry.ts';
import { CARD_NETWORKS } from '../../card/networks.ts';
import { COUNTRY_CODES } from '../../countries/countries.ts';
import type { JourneyContext } from '../../journey-context.ts';
import { createOptionalChoiceSchema, createRequiredNameSchema } from '../../text/text-schemas.ts';

/** A text that the vault's fields become. Without script, or before it has arrived, it is empty. */
const createVaultTextSchema = (field: string, isValid: (text: string) => boolean) =>
  z.string(`${field}.required`).check(z.minLength(1, `${field}.required`), z.refine(isValid, 'card.fault'));

/**
 * A card from the vault: aliases and data that may be displayed. Values that are not aliases are refused; the last four
 * digits of an alias must match. What is wrong with a text that the page does not show is an error of the number.
 */
export const createCardSchema = ({ today, vaultEnvironment }: JourneyContext) =>
  z.object({
    addCardParams: z
      .object({
        cardtype: z.enum(CARD_TYPES, 'addCardParams.cardtype.required'),
        nameOnCard: createRequiredNameSchema('addCardParams.nameOnCard'),
        country: createOptionalChoiceSchema(COUNTRY_CODES, 'countryCode.unknown'),
        number: createVaultTextSchema('addCardParams.number', (text) => isNumberAlias(text, vaultEnvironment)),
        securityCode: createVaultTextSchema('addCardParams.securityCode', (text) =>
          isCodeAlias(text, vaultEnvironment),
        ),
        expirationDate: createVaultTextSchema('addCardParams.expirationDate', (text) =>
          /^(0[1-9]|1[0-2])\d{2}$/.test(text),
        ).check(z.refine((value) => !isCardExpired(value, today), 'card.expired')),
        cardNetwork: z.custom<(typeof CARD_NETWORKS)[number]>(),
        lastFour: z.custom<string>(),
      })
      .check(
        z.refine(({ cardNetwork }) => CARD_NETWORKS.includes(cardNetwork), { error: 'card.network', path: ['number'] }),
        z.refine(({ number, lastFour }) => /^\d{4}$/.test(lastFour) && (getLastFour(number) ?? lastFour) === lastFour, {
          error: 'card.fault',
          path: ['number'],
        }),
      ),
  });

export type CardAnswer = z.output<ReturnType<typeof createCardSchema>>;
