import * as z from 'zod/mini';
import { findAccountProblem, normalizeAccountNumber } from '../../account/account.ts';
import { getCurrency } from '../../countries/currencies.ts';
import type { JourneyContext } from '../../journey-context.ts';
import type { UbnParams } from '../../session-link-request.ts';
import { MAX_ACCOUNT_LENGTH } from '../../text/max-lengths.ts';
import { codeNormalizer } from '../../text/text-schemas.ts';

/**
 * The payment method, and the account number for `UBN`. A single offered method needs no answer. A number typed for another
 * method is ignored.
 */
export const createPaymentSchema = ({ paymentMethodTypes, country }: JourneyContext) => {
  const [onlyMethod] = paymentMethodTypes.length === 1 ? paymentMethodTypes : [];
  const methodSchema = z.enum([...paymentMethodTypes], 'paymentMethodType.required');
  return z.pipe(
    z
      .object({
        paymentMethodType: onlyMethod === undefined ? methodSchema : z.catch(methodSchema, onlyMethod),
        ubnParams: z.optional(
          z.object({
            number: z.optional(z.string().check(codeNormalizer, z.maxLength(MAX_ACCOUNT_LENGTH, 'text.tooLong'))),
          }),
        ),
      })
      .check((context) => {
        if (context.value.paymentMethodType !== 'UBN') return;
        const message = findAccountProblem(context.value.ubnParams?.number ?? '', country);
        const path = ['ubnParams', 'number'];
        if (message) context.issues.push({ code: 'custom', message, path, input: context.value });
      }),
    z.transform(({ paymentMethodType, ubnParams }) => {
      if (paymentMethodType !== 'UBN') return { paymentMethodType };
      const account: UbnParams = {
        number: normalizeAccountNumber(ubnParams?.number ?? '', country),
        country,
        currency: getCurrency(country),
      };
      return { paymentMethodType, ubnParams: account };
    }),
  );
};

export type PaymentAnswer = z.output<ReturnType<typeof createPaymentSchema>>;
