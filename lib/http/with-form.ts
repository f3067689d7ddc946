import { setRequestStarted } from './request-context.ts';

/**
 * Wraps a route that takes a form. A body that is no form is answered with 400.
 *
 * @param handler gets the form, the request that it came with, and the framework's context of the route
 */
export const withForm =
  <Context>(handler: (form: FormData, request: Request, context: Context) => Promise<Response>) =>
  async (request: Request, context: Context): Promise<Response> => {
    const form = await request.formData().catch(() => undefined);
    if (!form) return new Response(null, { status: 400 });
    setRequestStarted();
    return handler(form, request, context);
  };
