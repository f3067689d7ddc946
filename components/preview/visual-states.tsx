import type { ReactNode } from 'react';
import { CardView } from '@/components/pages/card-view';
import type { JourneyView } from '@/components/pages/journey-view';
import { LinkRefusedView } from '@/components/pages/link-refused-view';
import { OutcomeView } from '@/components/pages/outcome-view';
import { ReviewView } from '@/components/pages/review-view';
import { StartView } from '@/components/pages/start-view';
import { StepView } from '@/components/pages/step-view';
import type { PlacesSettings, VaultSettings } from '@/lib/config/vendor-settings';
import type { PostalArea, SavedPostalArea } from '@/lib/domain/address/postal-area';
import { readForm, toFieldErrors } from '@/lib/domain/form-input';
import { getJourneyProgress, getStepForm, type SavedSteps } from '@/lib/domain/journey';
import { sampleInputs } from '@/lib/domain/sample-answers';
import { describeStartedJourney, type StartedJourney } from '@/lib/domain/started-journey';
import { getStep, type StepId, steps } from '@/lib/domain/steps';
import type { OutcomePageView as Outcome } from '@/lib/domain/upstream-responses/submission-view';
import type { DraftContent } from '@/lib/store/drafts';

/** The data of a preview. `stay` is an action without effect. */
export type PreviewData = Pick<JourneyView, 'locale' | 'context' | 'brand'> & {
  now: string;
  doNothing: () => Promise<undefined>;
  places: PlacesSettings | undefined;
  vault: VaultSettings | undefined;
};
type VisualState = (data: PreviewData) => ReactNode;

const ACCOUNT = '002320275621938815';
/** The errors of an empty card form. They exclude the schema's errors of tokens, which the page does not show. */
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

/** Builds the steps of the sample person, with the first payment method that needs no more fields, or the card. */
function buildSavedSteps({ context: { paymentMethodTypes }, now }: PreviewData): SavedSteps {
  const type = paymentMethodTypes.includes('Card') ? 'Card' : (paymentMethodTypes[0] ?? '');
  const payment = { paymentMethodType: type, ubnParams: { number: ACCOUNT } };
  return Object.fromEntries(
    Object.entries({ ...sampleInputs, payment }).map(([step, input]) => [step, { input, savedAt: now }]),
  );
}

/** Forms of a preview are never posted. */
const NO_FORMS = { version: 1, createStamp: () => '', getPartialPath: () => '' };

function buildSampleJourney(data: PreviewData, content: DraftContent): JourneyView {
  const { locale, context, brand, now } = data;
  const progress = getJourneyProgress(content.steps, context, now);
  const getPath = (page: string) => `#${page}`;
  return {
    locale,
    context,
    brand,
    content,
    refusal: undefined,
    progress: progress,
    getPath,
    home: '#',
    canStartOver: true,
    ...NO_FORMS,
  };
}

/** Builds all steps except one, as for a customer who is about to reach it. */
function buildStepsWithout(data: PreviewData, step: StepId): SavedSteps {
  const { [step]: _omitted, ...otherSteps } = buildSavedSteps(data);
  return otherSteps;
}

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
  const { fields, schema } = getStep(step);
  const buildPartialSteps = (data: PreviewData) => ({
    [step]: { input: getStepForm({ steps: buildSavedSteps(data) }, step), errors: {} },
  });
  return [
    [step, (data) => renderStep(data, step, { steps: buildStepsWithout(data, step) })],
    [
      `${step}-errors`,
      (data) => {
        // The page does not ask for the country when there is only one.
        const input = readForm(new Map([['countryCode', data.context.countries[0]]]), fields);
        const { error } = schema(data.context).safeParse(input);
        const errors = step === 'card' ? CARD_ERRORS : toFieldErrors(error?.issues ?? []);
        return renderStep(data, step, { steps: buildStepsWithout(data, step), typed: { [step]: { input, errors } } });
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
  isAnotherPerson = false,
): ReactNode => (
  <StartView
    locale={locale}
    brandName={brand.name}
    path="#"
    codePath="#"
    stamp=""
    started={started}
    isAnotherPerson={isAnotherPerson}
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

/** Every page and state of the customer's journey, by name. */
export const visualStates: ReadonlyMap<string, VisualState> = new Map<string, VisualState>([
  ['start', (data) => renderStart(data, undefined)],
  ['start-begun', (data) => renderStart(data, buildStarted(data))],
  ['start-another', (data) => renderStart(data, buildStarted(data), true)],
  ...steps.flatMap(({ id }) => buildStepStates(id)),
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
      />
    ),
  ]),
  ['link-refused', ({ brand }) => <LinkRefusedView brandName={brand.name} path="#" hasDraft={false} />],
]);
