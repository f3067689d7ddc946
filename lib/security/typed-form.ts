import { IN_BACKGROUND } from '../domain/form-stamp.ts';
import { markStarted } from './request-context.ts';
import { seeOther } from './see-other.ts';

/** The posted form, or undefined when the body is none. */
export async function readTypedForm(request: Request): Promise<FormData | undefined> {
  const form = await request.formData().catch(() => undefined);
  if (form) markStarted();
  return form;
}

/**
 * The answer to a half-filled form. A page that goes away reads none.
 *
 * @param path where a page from before a release goes on
 */
export const answerTypedForm = (form: FormData, path: string): Response =>
  form.has(IN_BACKGROUND) ? new Response(null, { status: 204 }) : seeOther(path);
