import * as z from 'zod/mini';
import { accountDigits, isClabe } from '../../clabe/clabe.ts';
import { currencyOf } from '../../countries/countries.ts';
import type { JourneyContext } from '../../journey-context.ts';
import type { UbnParams } from '../../session-link-request.ts';

const accountProblem = (digits: string, country: string) => {
  if (digits === '') return 'ubnParams.number.required';
  if (country !== 'MX') return /^[0-9A-Z]{4,34}$/i.test(digits) ? undefined : 'ubnParams.number.format';
  if (!/^\d{18}$/.test(digits)) return 'ubnParams.number.length';
  return isClabe(digits) ? undefined : 'ubnParams.number.check';
};

/** How the customer pays, and for a bank account its number. A number typed for another choice is not looked at. */
export const paymentSchema = ({ paymentMethodTypes, country }: JourneyContext) =>
  z.pipe(
    z
      .object({
        paymentMethodType: z.enum([...paymentMethodTypes], 'paymentMethodType.required'),
        ubnParams: z.optional(
          z.object({ number: z.optional(z.string().check(z.trim(), z.maxLength(60, 'text.tooLong'))) }),
        ),
      })
      .check((context) => {
        if (context.value.paymentMethodType !== 'UBN') return;
        const message = accountProblem(accountDigits(context.value.ubnParams?.number ?? ''), country);
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

export type PaymentAnswer = z.output<ReturnType<typeof paymentSchema>>;
