import { notFound } from 'next/navigation';
import { requirePageAccess } from '@/app/(customer)/[locale]/onboarding/require-page-access';
import { DocumentView } from '@/components/pages/document-view';
import { parseWaitMinutes } from '@/lib/domain/retry-time';
import { isFramedVisit } from '@/lib/http/framed-visit';
import { getPagePath } from '@/lib/i18n/paths';
import type { Locale } from '@/lib/i18n/routing';
import { buildJourneyView } from '@/lib/use-cases/customer/build-journey-view';
import { isWalletOffered } from '@/lib/use-cases/customer/wallet-document';

type Props = { params: Promise<{ locale: Locale }>; searchParams: Promise<{ wait?: string; refused?: string }> };

/** Reads a document on the customer's device and fills the form with it. */
export default async function DocumentPage({ params, searchParams }: Props) {
  const { locale } = await params;
  const journey = buildJourneyView(await requirePageAccess(locale, 'identity'), locale, await isFramedVisit());
  if (journey.brand.documents.length === 0) notFound();
  const { wait, refused } = await searchParams;
  const path = getPagePath(locale, 'document');
  return (
    <DocumentView
      journey={journey}
      fillPath={`${path}/filled`}
      wallet={isWalletOffered() ? { path: `${path}/wallet`, isRefused: refused !== undefined } : undefined}
      waitMinutes={parseWaitMinutes(wait)}
    />
  );
}
