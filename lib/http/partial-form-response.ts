import { IN_BACKGROUND_FIELD } from '../domain/form-stamp.ts';
import { createSeeOtherResponse } from './see-other.ts';

/**
 * The answer to a half-filled form. A page that goes away reads none.
 *
 * @param path where a page from before a release goes on
 */
export const createPartialFormResponse = (form: FormData, path: string): Response =>
  form.has(IN_BACKGROUND_FIELD) ? new Response(null, { status: 204 }) : createSeeOtherResponse(path);
