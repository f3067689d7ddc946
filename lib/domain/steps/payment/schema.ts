import * as z from 'zod/mini';
import { accountDigits, accountProblem } from '../../account/account.ts';
import { currencyOf } from '../../countries/currencies.ts';
import type { JourneyContext } from '../../journey-context.ts';
import type { UbnParams } from '../../session-link-request.ts';
import { asCode } from '../../text/text.ts';

export const MAX_ACCOUNT = 60;

/**
 * How the customer pays, and for a bank account its number. With one way offered it needs no answer. A number typed for
 * another choice is not looked at.
 */
export const paymentSchema = ({ paymentMethodTypes, country }: JourneyContext) => {
  const [only] = paymentMethodTypes.length === 1 ? paymentMethodTypes : [];
  const given = z.enum([...paymentMethodTypes], 'paymentMethodType.required');
  return z.pipe(
    z
      .object({
        paymentMethodType: only === undefined ? given : z.catch(given, only),
        ubnParams: z.optional(
          z.object({ number: z.optional(z.string().check(asCode, z.maxLength(MAX_ACCOUNT, 'text.tooLong'))) }),
        ),
      })
      .check((context) => {
        if (context.value.paymentMethodType !== 'UBN') return;
        const message = accountProblem(context.value.ubnParams?.number ?? '', country);
        const path = ['ubnParams', 'number'];
        if (message) context.issues.push({ code: 'custom', message, path, input: context.value });
      }),
    z.transform(({ paymentMethodType, ubnParams }) => {
      if (paymentMethodType !== 'UBN') return { paymentMethodType };
      const account: UbnParams = {
        number: accountDigits(ubnParams?.number ?? ''),
        country,
        currency: currencyOf(country),
      };
      return { paymentMethodType, ubnParams: account };
    }),
  );
};

export type PaymentAnswer = z.output<ReturnType<typeof paymentSchema>>;
