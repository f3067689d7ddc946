import { redirect } from 'next/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { openCasePage } from './open-case-page';

type Props = { params: Promise<{ locale: Locale; case: string }> };

/** Redirects to the first open step of the case. */
export default async function CasePage({ params }: Props) {
  const { locale, case: caseId } = await params;
  const { journey } = await openCasePage({ locale, caseId, action: 'case.read', fields: [] });
  redirect(journey.getPath(journey.progress.firstOpenStep));
}
