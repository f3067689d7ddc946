import { markStarted } from './request-context.ts';

/**
 * A route that takes a form. A body that is none is answered with 400.
 *
 * @param answer gets the form and the request that it came with
 */
export const withForm =
  (answer: (form: FormData, request: Request) => Promise<Response>) =>
  async (request: Request): Promise<Response> => {
    const form = await request.formData().catch(() => undefined);
    if (!form) return new Response(null, { status: 400 });
    markStarted();
    return answer(form, request);
  };
