'use server';

import { redirect } from 'next/navigation';
import { asAgent } from '@/lib/assist/current-agent';
import { countWrongCode, tooManyCodes } from '@/lib/assist/wrong-codes';
import { formArgument, localeArgument } from '@/lib/security/action-arguments';
import { addressOfRequest } from '@/lib/security/address-of-request';
import { guarded } from '@/lib/security/guarded-action';
import { store } from '@/lib/store/store';

/** Takes the code that a customer shows. Wrong ones are counted. The customer still has to agree. */
export const takeOver = guarded([localeArgument, formArgument], async (locale, form): Promise<void> => {
  const path = await asAgent(locale, 'case.takeOver', {}, async ({ subject, shop }) => {
    const { helpRequests, limits } = await store();
    const address = await addressOfRequest();
    if (await tooManyCodes(limits, address)) return '?code=later';
    const met = await helpRequests.meet(String(form.get('code') ?? '').slice(0, 40), subject, shop);
    if (met) return `/take-over/${met.id}`;
    await countWrongCode(limits, address);
    return '?code=gone';
  });
  redirect(`/${locale}/assist${path}`);
});
