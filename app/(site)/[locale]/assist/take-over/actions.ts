'use server';

import { redirect } from 'next/navigation';
import { asAgent } from '@/lib/assist/current-agent';
import { localeOf } from '@/lib/i18n/routing';
import { store } from '@/lib/store/store';

/** Takes the code that a customer shows. Wrong ones are counted. The customer still has to agree. */
export async function takeOver(givenLocale: string, form: FormData): Promise<void> {
  const locale = localeOf(givenLocale);
  const path = await asAgent(locale, 'case.takeOver', {}, async ({ subject, shop }) => {
    const { helpRequests, limits } = await store();
    if (await limits.isReached('wrong-code')) return '?code=later';
    const met = await helpRequests.meet(String(form.get('code') ?? '').slice(0, 40), subject, shop);
    if (met) return `/take-over/${met.id}`;
    await limits.count('wrong-code');
    return '?code=gone';
  });
  redirect(`/${locale}/assist${path}`);
}
