import * as z from 'zod/mini';

const before = z.config().customError;

/**
 * Loads `@owf/mdoc`. The library replaces the error messages of zod for the whole process (`zod-validation-error`); what was set
 * before comes back.
 */
export const loadMdocLibrary = async () => {
  const library = await import('@owf/mdoc');
  z.config({ customError: before });
  return library;
};
