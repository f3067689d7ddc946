import type { ReaderStatus } from '@/components/document/use-code-reader';
import { DocumentView } from '@/components/pages/document-view';
import { StepView } from '@/components/pages/step-view';
import { sampleInputs } from '@/lib/domain/sample-answers';
import { buildSampleJourney, buildStepsWithout, type PreviewData, type VisualState } from './sample-journey';

const READER_STATUSES: Readonly<Record<string, ReaderStatus>> = {
  'too-slow': 'slow',
  'camera-denied': 'denied',
  'no-camera': 'noCamera',
  'no-code': 'noCode',
  'bad-picture': 'badPicture',
  'ine-card': 'addressOnly',
  'other-code': 'unknown',
  damaged: 'damaged',
  'not-loaded': 'failed',
};

/** The names, date and state of birth of the sample person, as a CURP certificate fills them. */
const FILLED_TEXTS = {
  firstName: sampleInputs.identity.firstName,
  lastName: sampleInputs.identity.lastName,
  'dob.day': sampleInputs.identity.dob.day,
  'dob.month': sampleInputs.identity.dob.month,
  'dob.year': sampleInputs.identity.dob.year,
  birthState: sampleInputs.identity.birthState,
};

/** The page that reads documents, and the form that one has filled. A brand without documents has neither. */
export const documentStates: [string, VisualState][] = [
  ['document', (data) => <DocumentScene data={data} status="idle" />],
  ...Object.entries(READER_STATUSES).map(([name, status]): [string, VisualState] => [
    `document-${name}`,
    (data) => <DocumentScene data={data} status={status} />,
  ]),
  [
    'document-wallet',
    (data) => (data.brand.walletId ? <DocumentScene data={data} status="idle" wallet="asked" /> : null),
  ],
  [
    'document-wallet-refused',
    (data) => (data.brand.walletId ? <DocumentScene data={data} status="idle" wallet="refused" /> : null),
  ],
  ['document-filled', (data) => (data.brand.documents.length > 0 ? <FilledScene data={data} /> : null)],
];

type SceneProps = { data: PreviewData; status: ReaderStatus; wallet?: 'asked' | 'refused' };

function DocumentScene({ data, status, wallet }: SceneProps) {
  if (data.brand.documents.length === 0) return null;
  return (
    <DocumentView
      journey={buildSampleJourney(data, { steps: {} })}
      fillPath="#"
      waitMinutes={undefined}
      wallet={wallet && { path: '#', isRefused: wallet === 'refused' }}
      status={status}
    />
  );
}

function FilledScene({ data }: { data: PreviewData }) {
  const journey = buildSampleJourney(data, {
    steps: buildStepsWithout(data, 'identity'),
    typed: { identity: { input: { ...sampleInputs.identity, phoneNumber: '', email: '' }, errors: {} } },
    filled: Object.fromEntries(
      Object.entries(FILLED_TEXTS).map(([name, text]) => [name, { text, source: 'document' }]),
    ),
  });
  return (
    <StepView
      step="identity"
      journey={journey}
      actions={{ save: data.doNothing, finish: data.doNothing }}
      places={undefined}
      notice={undefined}
    />
  );
}
