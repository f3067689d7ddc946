import { markStarted } from './request-context.ts';

/**
 * A route that takes a form. A body that is none is answered with 400.
 *
 * @param answer gets the form, the request that it came with, and the framework's context of the route
 */
export const withForm =
  <Context>(answer: (form: FormData, request: Request, context: Context) => Promise<Response>) =>
  async (request: Request, context: Context): Promise<Response> => {
    const form = await request.formData().catch(() => undefined);
    if (!form) return new Response(null, { status: 400 });
    markStarted();
    return answer(form, request, context);
  };
