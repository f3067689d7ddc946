import { MAX_LINK_LENGTH } from './open-link.ts';

/** Bytes for the other fields and the fields' names. A token needs no percent-encoding. */
const FORM_OVERHEAD_BYTES = 200;

const FORM_TYPE_PATTERN = /^application\/x-www-form-urlencoded\b/i;

/**
 * Reads the form of a post that any site may send.
 *
 * @returns an empty form when the body is no form or longer than a link can be
 */
export async function readLinkForm(request: Request): Promise<FormData> {
  const isForm = FORM_TYPE_PATTERN.test(request.headers.get('content-type') ?? '');
  const length = Number(request.headers.get('content-length') ?? Number.NaN);
  if (!isForm || !(length <= MAX_LINK_LENGTH + FORM_OVERHEAD_BYTES)) return new FormData();
  return request.formData();
}
