'use server';

import { redirect } from 'next/navigation';
import { recordCustomerAction } from '@/lib/auth/agent-authorization';
import { readDraftToken, writeDevice, writeDraftToken } from '@/lib/auth/draft-cookie';
import { hasConsole } from '@/lib/auth/identity-provider';
import { helpCookie } from '@/lib/auth/short-cookies';
import { getJourneyContext } from '@/lib/config/journey-context';
import { getCustomerLabel } from '@/lib/domain/assist/customer-label';
import { getFilledFields, getJourneyProgress, getStepForm } from '@/lib/domain/journey';
import { toWaitMinutes } from '@/lib/domain/retry-time';
import { formArgument, localeArgument } from '@/lib/http/action-arguments';
import { createServerAction } from '@/lib/http/server-action';
import { getPagePath } from '@/lib/i18n/paths';
import { countAttempt, countDraft } from '@/lib/rate-limits/count-attempt';
import { getStore } from '@/lib/store/store';
import { checkTokenForm } from '@/lib/use-cases/customer/form-check';

/** Makes a code that an agent can type to go on with this customer's journey. */
export const askForHelp = createServerAction([localeArgument, formArgument], async (locale, form): Promise<void> => {
  if (!hasConsole()) redirect(`/${locale}`);
  if (checkTokenForm(form, await helpCookie.read()) === 'another') redirect(`/${locale}/continue/help`);
  const { drafts, helpRequests } = await getStore();
  const draftToken = await readDraftToken();
  const hasDraft = draftToken !== undefined && (await drafts.find(draftToken)) !== undefined;
  const retryAfterMs = (await countAttempt('helpCodeAddress')) ?? (hasDraft ? undefined : await countDraft());
  if (retryAfterMs !== undefined) redirect(`/${locale}/continue/help?wait=${toWaitMinutes(retryAfterMs)}`);
  const token = hasDraft ? draftToken : await drafts.create({ steps: {} });
  if (!hasDraft) await writeDraftToken(token);
  await helpCookie.write(await helpRequests.create(token, locale));
  redirect(`/${locale}/continue/help`);
});

/** The customer says that both screens show the same: from now on the journey is a case of the agent's, too. */
export const acceptHelp = createServerAction([localeArgument, formArgument], async (locale, form): Promise<void> => {
  const token = await helpCookie.read();
  // Another code was asked for in another tab: a yes to one agent is none to the next.
  if (checkTokenForm(form, token) !== 'current') return redirect(`/${locale}/continue/help`);
  const { helpRequests, drafts, handovers } = await getStore();
  const helpRequest = token === undefined ? undefined : await helpRequests.find(token);
  const draft = helpRequest && (await drafts.find(helpRequest.draftToken));
  if (token === undefined || !helpRequest || !draft) return redirect(`/${locale}/continue/help`);
  const now = new Date();
  const context = getJourneyContext(now);
  const label = getCustomerLabel(getStepForm(draft.content, 'identity'), context);
  const createdCase = await helpRequests.accept(token, {
    token: helpRequest.draftToken,
    ...label,
    lang: helpRequest.lang,
  });
  if (!createdCase) return redirect(`/${locale}/continue/help`);
  await recordCustomerAction(createdCase, 'case.agreed', getFilledFields(draft.content));
  const { locked: lockedFields = [] } = draft.content.partner ?? {};
  if (lockedFields.length > 0) await recordCustomerAction(createdCase, 'case.agreed', lockedFields, 'partner');
  // The device is in the case as after a hand-over, so that either side can stop it.
  const device = await handovers.createOpened(createdCase.id);
  await helpCookie.remove();
  await writeDevice(device);
  redirect(getPagePath(locale, getJourneyProgress(draft.content.steps, context, now.toISOString()).firstOpenStep));
});

/** The customer goes on alone: the code leads nowhere any more. */
export const cancelHelpRequest = createServerAction(
  [localeArgument, formArgument],
  async (locale, form): Promise<void> => {
    const token = await helpCookie.read();
    if (checkTokenForm(form, token) !== 'current') redirect(`/${locale}/continue/help`);
    if (token !== undefined) await (await getStore()).helpRequests.stop(token);
    await helpCookie.remove();
    const draftToken = await readDraftToken();
    const now = new Date();
    const draft = draftToken === undefined ? undefined : await (await getStore()).drafts.find(draftToken);
    redirect(
      getPagePath(
        locale,
        getJourneyProgress(draft?.content.steps ?? {}, getJourneyContext(now), now.toISOString()).firstOpenStep,
      ),
    );
  },
);
