import { getTranslations } from 'next-intl/server';
import { DocumentReader } from '@/components/document/document-reader';
import type { ReaderStatus } from '@/components/document/use-code-reader';
import { WalletOffer } from '@/components/document/wallet-offer';
import { ClientMessages } from '@/components/i18n/client-messages';
import { StepHeader } from '@/components/layout/step-header';
import { Alert } from '@/components/ui/alert';
import { TextLink } from '@/components/ui/text-link';
import { getFieldText } from '@/lib/domain/form-input';
import { buildAnswerMark } from '@/lib/domain/form-stamp';
import { getStepForm } from '@/lib/domain/journey';
import type { JourneyView } from './journey-view';

type Props = {
  journey: JourneyView;
  /** The path that fills the form. */
  fillPath: string;
  /** Minutes until a new application can begin from this address. */
  waitMinutes: number | undefined;
  /** The path that takes a wallet's response, and whether the last one was refused; undefined where no wallet is asked. */
  wallet?: { path: string; isRefused: boolean } | undefined;
  isForAgent?: boolean;
  /** The state in which the reader opens: the preview shows each. */
  status?: ReaderStatus;
};

/** The page that fills the identity form with a document. The form stays one link away. */
export async function DocumentView(props: Props) {
  const { journey, fillPath, waitMinutes, wallet, isForAgent = false, status = 'idle' } = props;
  const t = await getTranslations('document');
  const { brand, content, progress } = journey;
  const identity = getStepForm(content, 'identity');
  const getName = (name: string) => getFieldText(identity, name);
  const [kind = 'curp', otherKind] = brand.documents;
  const stamp = journey.createStamp(buildAnswerMark(content.steps, 'identity'));
  const formPath = journey.getPath('identity');
  return (
    <ClientMessages step="identity" only={['document']} isForAgent={isForAgent}>
      <title>{t('title')}</title>
      <StepHeader progress={progress} page="identity" title={t('title')} back={{ path: formPath }} />
      {waitMinutes ? <Alert className="mb-3 font-medium">{t('limited', { minutes: waitMinutes })}</Alert> : null}
      {wallet?.isRefused ? <Alert className="mb-3 font-medium">{t('wallet.refused')}</Alert> : null}
      <p>{t(`kinds.${otherKind ? 'both' : kind}`)}</p>
      <p className="needs-script mb-3 text-quiet">{t('private')}</p>
      <p className="without-script my-3">{t('withoutScript')}</p>
      <DocumentReader
        kinds={brand.documents}
        fillPath={fillPath}
        stamp={stamp}
        names={{ firstName: getName('firstName'), lastName: getName('lastName'), lastName2: getName('lastName2') }}
        initialStatus={status}
      />
      {wallet ? <WalletOffer path={wallet.path} stamp={stamp} /> : null}
      <TextLink href={formPath} className="mt-2">
        {t('byHand')}
      </TextLink>
    </ClientMessages>
  );
}
