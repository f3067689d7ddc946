'use server';

import { redirect } from 'next/navigation';
import { recordCustomer } from '@/lib/auth/current-agent';
import { readDraftToken, writeDevice, writeDraftToken } from '@/lib/auth/draft-cookie';
import { hasConsole } from '@/lib/auth/identity-provider';
import { helpCookie } from '@/lib/auth/short-cookies';
import { journeyContext } from '@/lib/config/journey-context';
import { labelOf } from '@/lib/domain/assist/label-of';
import { filledFields, formOf, walk } from '@/lib/domain/journey';
import { toWaitMinutes } from '@/lib/domain/wait';
import { formArgument, localeArgument } from '@/lib/http/action-arguments';
import { guarded } from '@/lib/http/guarded-action';
import { pagePath } from '@/lib/i18n/paths';
import { countDraft, takeAttempt } from '@/lib/rate-limits/take-attempt';
import { store } from '@/lib/store/store';
import { checkTokenForm } from '@/lib/use-cases/customer/form-check';

/** Makes a code that an agent can type to go on with this customer's journey. */
export const askForHelp = guarded([localeArgument, formArgument], async (locale, form): Promise<void> => {
  if (!hasConsole()) redirect(`/${locale}`);
  if (checkTokenForm(form, await helpCookie.read()) === 'another') redirect(`/${locale}/continue/help`);
  const { drafts, helpRequests } = await store();
  const own = await readDraftToken();
  const isThere = own !== undefined && (await drafts.find(own)) !== undefined;
  const retryAfterMs = (await takeAttempt('helpCodeAddress')) ?? (isThere ? undefined : await countDraft());
  if (retryAfterMs !== undefined) redirect(`/${locale}/continue/help?wait=${toWaitMinutes(retryAfterMs)}`);
  const token = isThere ? own : await drafts.create({ steps: {} });
  if (!isThere) await writeDraftToken(token);
  await helpCookie.write(await helpRequests.create(token, locale));
  redirect(`/${locale}/continue/help`);
});

/** The customer says that both screens show the same: from now on the journey is a case of the agent's, too. */
export const agreeToHelp = guarded([localeArgument, formArgument], async (locale, form): Promise<void> => {
  const token = await helpCookie.read();
  // Another code was asked for in another tab: a yes to one agent is none to the next.
  if (checkTokenForm(form, token) !== 'current') return redirect(`/${locale}/continue/help`);
  const { helpRequests, drafts, handovers } = await store();
  const asked = token === undefined ? undefined : await helpRequests.find(token);
  const draft = asked && (await drafts.find(asked.draftToken));
  if (token === undefined || !asked || !draft) return redirect(`/${locale}/continue/help`);
  const now = new Date();
  const context = journeyContext(now);
  const label = labelOf(formOf(draft.content, 'identity'), context);
  const created = await helpRequests.agree(token, { token: asked.draftToken, ...label, lang: asked.lang });
  if (!created) return redirect(`/${locale}/continue/help`);
  await recordCustomer(created, 'case.agreed', filledFields(draft.content));
  const { locked = [] } = draft.content.partner ?? {};
  if (locked.length > 0) await recordCustomer(created, 'case.agreed', locked, 'partner');
  // The device is in the case as after a hand-over, so that either side can stop it.
  const device = await handovers.createOpened(created.id);
  await helpCookie.drop();
  await writeDevice(device);
  redirect(pagePath(locale, walk(draft.content.steps, context, now.toISOString()).open));
});

/** The customer goes on alone: the code leads nowhere any more. */
export const stopAsking = guarded([localeArgument, formArgument], async (locale, form): Promise<void> => {
  const token = await helpCookie.read();
  if (checkTokenForm(form, token) !== 'current') redirect(`/${locale}/continue/help`);
  if (token !== undefined) await (await store()).helpRequests.stop(token);
  await helpCookie.drop();
  const own = await readDraftToken();
  const now = new Date();
  const draft = own === undefined ? undefined : await (await store()).drafts.find(own);
  redirect(pagePath(locale, walk(draft?.content.steps ?? {}, journeyContext(now), now.toISOString()).open));
});
