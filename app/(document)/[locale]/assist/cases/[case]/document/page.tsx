import { notFound } from 'next/navigation';
import { openCasePage } from '@/app/(console)/[locale]/assist/cases/[case]/open-case-page';
import { ConsoleBar } from '@/components/console/console-bar';
import { DocumentView } from '@/components/pages/document-view';
import type { Locale } from '@/lib/i18n/routing';
import { getCasePath } from '@/lib/use-cases/agent/console-paths';

type Props = { params: Promise<{ locale: Locale; case: string }> };

/** Reads a customer's document at the console. */
export default async function CaseDocumentPage({ params }: Props) {
  const { locale, case: caseId } = await params;
  const { session, journey } = await openCasePage({
    locale,
    caseId,
    action: 'case.fill',
    fields: ['firstName', 'lastName', 'lastName2'],
  });
  if (journey.brand.documents.length === 0) notFound();
  return (
    <>
      <ConsoleBar agent={session} locale={locale} />
      <DocumentView
        journey={journey}
        fillPath={`${getCasePath(locale, caseId, 'document')}/filled`}
        waitMinutes={undefined}
        isForAgent
      />
    </>
  );
}
