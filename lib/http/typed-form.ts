import { IN_BACKGROUND } from '../domain/form-stamp.ts';
import { seeOther } from './see-other.ts';

/**
 * The answer to a half-filled form. A page that goes away reads none.
 *
 * @param path where a page from before a release goes on
 */
export const answerTypedForm = (form: FormData, path: string): Response =>
  form.has(IN_BACKGROUND) ? new Response(null, { status: 204 }) : seeOther(path);
