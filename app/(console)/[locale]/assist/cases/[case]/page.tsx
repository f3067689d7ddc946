import { redirect } from 'next/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { getCasePath, openCase } from '@/lib/use-cases/agent/open-case';

type Props = { params: Promise<{ locale: Locale; case: string }> };

/** A case leads to its first open question. */
export default async function CasePage({ params }: Props) {
  const { locale, case: id } = await params;
  const { journey } = await openCase(locale, id, 'case.read', []);
  redirect(getCasePath(locale, id, journey.progress.firstOpenStep));
}
