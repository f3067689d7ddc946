import { authorizeAgent } from '@/lib/auth/agent-authorization';
import { renderCustomerSearch } from '@/lib/http/customer-search-page';
import { createSeeOtherResponse } from '@/lib/http/see-other';
import { withForm } from '@/lib/http/with-form';
import { toLocale } from '@/lib/i18n/routing';
import { getOpenedPath } from '@/lib/use-cases/agent/console-paths';
import { openCustomerOfForm } from '@/lib/use-cases/agent/open-customer';

type Context = { params: Promise<{ locale: string }> };

/** Opens the customer that an agent looked for on a page of an older build. This build does not know that page's action. */
export const POST = withForm(async (form, request, { params }: Context) => {
  const locale = toLocale((await params).locale);
  const { session } = await authorizeAgent({ locale, action: 'case.start' });
  const opened = await openCustomerOfForm(session, form);
  if (opened.kind === 'invalid') return renderCustomerSearch(request, { locale, ...opened });
  return createSeeOtherResponse(getOpenedPath(locale, opened));
});
