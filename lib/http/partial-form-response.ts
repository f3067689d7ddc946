import { IN_BACKGROUND_FIELD } from '../domain/form-stamp.ts';
import { createSeeOtherResponse } from './see-other.ts';

/**
 * Builds the response to a half-filled form. A page that is being left does not read it.
 *
 * @param path the page that a form of an older build is redirected to
 */
export const createPartialFormResponse = (form: FormData, path: string): Response =>
  form.has(IN_BACKGROUND_FIELD) ? new Response(null, { status: 204 }) : createSeeOtherResponse(path);
