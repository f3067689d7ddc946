import { getCurrentSession } from '@/lib/auth/agent-authorization';
import { CLEAR_CACHE_HEADERS } from '@/lib/http/see-other';
import { withForm } from '@/lib/http/with-form';
import { lockSession } from '@/lib/use-cases/agent/lock-session';

/** Locks the session of a device without input, and saves the form of the page that is locked. */
export const POST = withForm(async (form) => {
  const session = await getCurrentSession();
  if (session) await lockSession(session, String(form.get('path')), form);
  return new Response(null, { status: 204, headers: CLEAR_CACHE_HEADERS });
});
