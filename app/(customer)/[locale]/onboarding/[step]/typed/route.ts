import { readCustomerDevice } from '@/lib/auth/customer-device';
import { writeDraftToken } from '@/lib/auth/draft-cookie';
import { isStepId, type StepId } from '@/lib/domain/steps';
import { createPartialFormResponse } from '@/lib/http/partial-form-response';
import { withForm } from '@/lib/http/with-form';
import { getPagePath } from '@/lib/i18n/paths';
import { toLocale } from '@/lib/i18n/routing';
import { findFormSubject } from '@/lib/use-cases/customer/form-subject';
import { hasStepFields, readPostedStep } from '@/lib/use-cases/customer/posted-step';
import { savePartialFormOfClosedPage } from '@/lib/use-cases/customer/save-partial-form';

type Context = { params: Promise<{ locale: string; step: string }> };

/** Saves a half-filled form when its page is closed, or after a release that the page does not belong to. */
export const POST = withForm(async (form, _request, { params }: Context) => {
  const { locale, step: stepId } = await params;
  if (!isStepId(stepId)) return new Response(null, { status: 400 });
  const path = getPagePath(toLocale(locale), stepId);
  const kind = hasStepFields(stepId, form) ? await saveForm(stepId, form) : 'dropped';
  if (kind === 'another') return createPartialFormResponse(form, `/${toLocale(locale)}?another`);
  return createPartialFormResponse(form, kind === 'saved' ? `${path}?updated` : path);
});

async function saveForm(stepId: StepId, form: FormData) {
  const device = await readCustomerDevice();
  const posted = readPostedStep(stepId, form);
  const result = await savePartialFormOfClosedPage(await findFormSubject(device, posted), posted);
  // Only a new draft needs its cookie: a late response must not restore a cookie that was deleted meanwhile.
  if (result.kind === 'saved' && result.token !== device.draftToken) await writeDraftToken(result.token);
  return result.kind;
}
