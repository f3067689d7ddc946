import type { ReactNode } from 'react';
import { CardView } from '@/components/pages/card-view';
import { LinkRefusedView } from '@/components/pages/link-refused-view';
import { OutcomeView } from '@/components/pages/outcome-view';
import { ReviewView } from '@/components/pages/review-view';
import { StartView } from '@/components/pages/start-view';
import { StepView } from '@/components/pages/step-view';
import type { PostalArea, SavedPostalArea } from '@/lib/domain/address/postal-area';
import { readForm } from '@/lib/domain/form-input';
import { getJourneyProgress, getStepForm } from '@/lib/domain/journey';
import { describeStartedJourney, type StartedJourney } from '@/lib/domain/started-journey';
import { getStep, type StepId, steps } from '@/lib/domain/steps';
import type { OutcomePageView as Outcome } from '@/lib/domain/upstream-responses/submission-view';
import type { DraftContent } from '@/lib/store/drafts';
import { consoleStates } from './console-states';
import { documentStates } from './document-states';
import {
  buildEmptyErrors,
  buildSampleJourney,
  buildSavedSteps,
  buildStepsWithout,
  type PreviewData,
  type VisualState,
} from './sample-journey';

/** The errors of a card form of which only the name is prefilled. */
const CARD_ERRORS = Object.fromEntries([
  ['addCardParams.cardtype', 'addCardParams.cardtype.required'],
  ...['number', 'expirationDate', 'securityCode'].map((name) => [
    `addCardParams.${name}`,
    `addCardParams.${name}.required`,
  ]),
]);
const OUTCOMES: readonly Outcome[] = [
  'sending',
  'checking',
  'parked',
  'not-sent',
  'held',
  'limited',
  'refused',
  'succeeded',
  'delivered',
];

function renderStep(data: PreviewData, step: StepId, content: DraftContent, postal?: SavedPostalArea): ReactNode {
  const journey = buildSampleJourney(data, content);
  const actions = { save: data.doNothing, finish: data.doNothing };
  if (step !== 'card')
    return (
      <StepView
        step={step}
        journey={journey}
        actions={actions}
        places={data.places}
        postal={postal}
        notice={undefined}
      />
    );
  return data.vault ? <CardView journey={journey} actions={actions} settings={data.vault} notice={undefined} /> : null;
}

/** Builds the states of a step: empty, with all errors, filled, and locked by a partner. */
const buildStepStates = (step: StepId): [string, VisualState][] => {
  const { fields } = getStep(step);
  const buildPartialSteps = (data: PreviewData) => ({
    [step]: { input: getStepForm({ steps: buildSavedSteps(data) }, step), errors: {} },
  });
  return [
    [step, (data) => renderStep(data, step, { steps: buildStepsWithout(data, step) })],
    [
      `${step}-errors`,
      (data) => {
        const form = buildEmptyErrors(data, step);
        const typed = { [step]: step === 'card' ? { ...form, errors: CARD_ERRORS } : form };
        return renderStep(data, step, { steps: buildStepsWithout(data, step), typed });
      },
    ],
    [
      `${step}-filled`,
      (data) => renderStep(data, step, { steps: buildStepsWithout(data, step), typed: buildPartialSteps(data) }),
    ],
    [
      `${step}-locked`,
      (data) =>
        renderStep(data, step, {
          steps: buildStepsWithout(data, step),
          typed: buildPartialSteps(data),
          partner: { link: '', locked: fields },
        }),
    ],
  ];
};

function buildStarted(data: PreviewData): StartedJourney | undefined {
  const answers = { steps: buildStepsWithout(data, 'payment') };
  return describeStartedJourney(answers, getJourneyProgress(answers.steps, data.context, data.now));
}

const renderStart = (
  { locale, brand }: PreviewData,
  started: StartedJourney | undefined,
  notice?: 'another',
): ReactNode => (
  <StartView
    locale={locale}
    brandName={brand.name}
    path="#"
    codePath="#"
    stamp=""
    started={started}
    notice={notice}
    returnUrl={notice ? '#' : undefined}
  />
);

const SAMPLE_AREA: PostalArea = {
  code: '03800',
  state: 'CDMX',
  municipality: 'Benito Juárez',
  settlements: ['8 de Agosto', 'San Pedro de los Pinos'],
};

/** Builds the address page of an operator with a table of postal codes, with these texts. */
const buildPostalState =
  (area: PostalArea | undefined, texts: Readonly<Record<string, string>>): VisualState =>
  (data) => {
    const input = readForm(new Map(Object.entries({ ...texts, countryCode: 'MX' })), getStep('address').fields);
    const typed = { address: { input, errors: {} } };
    return renderStep(data, 'address', { steps: buildStepsWithout(data, 'address'), typed }, { area });
  };

/** Every page and state of the customer's journey and of the console, by name. */
export const visualStates: ReadonlyMap<string, VisualState> = new Map<string, VisualState>([
  ['start', (data) => renderStart(data, undefined)],
  ['start-begun', (data) => renderStart(data, buildStarted(data))],
  ['start-another', (data) => renderStart(data, buildStarted(data), 'another')],
  ...steps.flatMap(({ id }) => buildStepStates(id)),
  ...documentStates,
  ['address-code', buildPostalState(undefined, {})],
  ['address-colonias', buildPostalState(SAMPLE_AREA, { zipCode: SAMPLE_AREA.code })],
  [
    'address-colonia-chosen',
    buildPostalState(SAMPLE_AREA, {
      zipCode: SAMPLE_AREA.code,
      city: 'San Pedro de los Pinos',
      address1: 'Calle Dos 296',
    }),
  ],
  ['card-saved', (data) => renderStep(data, 'card', { steps: buildSavedSteps(data) })],
  [
    'review',
    (data) => (
      <ReviewView journey={buildSampleJourney(data, { steps: buildSavedSteps(data) })} action={data.doNothing} />
    ),
  ],
  [
    'review-partner',
    (data) => {
      const content = { steps: buildSavedSteps(data), partner: { link: '', locked: getStep('identity').fields } };
      return <ReviewView journey={buildSampleJourney(data, content)} action={data.doNothing} notice="reworded" />;
    },
  ],
  ...OUTCOMES.map((view): [string, VisualState] => [
    `outcome-${view}`,
    ({ locale, brand, doNothing }) => (
      <OutcomeView
        stamp=""
        locale={locale}
        view={view}
        reference="1A2B3C4D"
        brand={brand}
        path="#"
        follow={doNothing}
        waitMinutes={57}
        returnUrl={view === 'refused' ? '#' : undefined}
      />
    ),
  ]),
  ['link-refused', ({ brand }) => <LinkRefusedView brandName={brand.name} path="#" hasDraft={false} />],
  ...consoleStates,
]);
