import type { ReactNode } from 'react';
import { CardView } from '@/components/pages/card-view';
import type { JourneyView } from '@/components/pages/journey-view';
import { LinkRefusedView } from '@/components/pages/link-refused-view';
import { OutcomeView } from '@/components/pages/outcome-view';
import { ReviewView } from '@/components/pages/review-view';
import { StartView } from '@/components/pages/start-view';
import { StepView } from '@/components/pages/step-view';
import type { PlacesSettings, VaultSettings } from '@/lib/config/browser-keys';
import { readForm, toFieldErrors } from '@/lib/domain/form-input';
import { formOf, type SavedSteps, walk } from '@/lib/domain/journey';
import { sampleInputs } from '@/lib/domain/sample-answers';
import { type StepId, stepOf, steps } from '@/lib/domain/steps';
import type { OutcomeView as Outcome } from '@/lib/domain/upstream-responses/page';
import type { DraftContent } from '@/lib/store/drafts';

/** What a scene is drawn with. `stay` is an action that does nothing. */
export type Stage = Pick<JourneyView, 'locale' | 'context' | 'brand'> & {
  now: string;
  stay: () => Promise<undefined>;
  places: PlacesSettings | undefined;
  vault: VaultSettings | undefined;
};
type Scene = (stage: Stage) => ReactNode;

const ACCOUNT = '002320275621938815';
/** What the card page says of an empty form. Of aliases, which the schema looks at, nobody knows anything. */
const CARD_ERRORS = Object.fromEntries([
  ['addCardParams.cardtype', 'addCardParams.cardtype.required'],
  ...['number', 'expirationDate', 'securityCode'].map((name) => [`addCardParams.${name}`, `addCardParams.${name}`]),
]);
const OUTCOMES: readonly Outcome[] = [
  ...(['sending', 'checking', 'parked', 'not-sent', 'held', 'limited', 'refused', 'succeeded', 'delivered'] as const),
];

/** The example's person, with the first way to pay that needs nothing more, or the card. */
function told({ context: { paymentMethodTypes }, now }: Stage): SavedSteps {
  const type = paymentMethodTypes.includes('Card') ? 'Card' : (paymentMethodTypes[0] ?? '');
  const payment = { paymentMethodType: type, ubnParams: { number: ACCOUNT } };
  return Object.fromEntries(
    Object.entries({ ...sampleInputs, payment }).map(([step, input]) => [step, { input, savedAt: now }]),
  );
}

/** The forms of a scene are posted nowhere. */
const NO_FORMS = { version: 1, stamp: () => '', keepPath: () => '' };

function journeyOf(stage: Stage, content: DraftContent): JourneyView {
  const { locale, context, brand, now } = stage;
  const walked = walk(content.steps, context, now);
  const path = (page: string) => `#${page}`;
  return {
    locale,
    context,
    brand,
    content,
    refusal: undefined,
    walk: walked,
    path,
    home: '#',
    canStartOver: true,
    ...NO_FORMS,
  };
}

/** Everything but one step, as on its way there. */
function before(stage: Stage, step: StepId): SavedSteps {
  const { [step]: _asked, ...rest } = told(stage);
  return rest;
}

function drawStep(stage: Stage, step: StepId, content: DraftContent): ReactNode {
  const journey = journeyOf(stage, content);
  const actions = { save: stage.stay, finish: stage.stay };
  if (step !== 'card')
    return <StepView step={step} journey={journey} actions={actions} places={stage.places} notice={undefined} />;
  return stage.vault ? (
    <CardView journey={journey} actions={actions} settings={stage.vault} notice={undefined} />
  ) : null;
}

/** A step as it is met, with everything wrong, filled in, and locked by a partner. */
const stepScenes = (step: StepId): [string, Scene][] => {
  const { fields, schema } = stepOf(step);
  const filled = (stage: Stage) => ({ [step]: { input: formOf({ steps: told(stage) }, step), errors: {} } });
  return [
    [step, (stage) => drawStep(stage, step, { steps: before(stage, step) })],
    [
      `${step}-errors`,
      (stage) => {
        // The country is not asked where there is only one.
        const input = readForm(new Map([['countryCode', stage.context.countries[0]]]), fields);
        const { error } = schema(stage.context).safeParse(input);
        const errors = step === 'card' ? CARD_ERRORS : toFieldErrors(error?.issues ?? []);
        return drawStep(stage, step, { steps: before(stage, step), typed: { [step]: { input, errors } } });
      },
    ],
    [`${step}-filled`, (stage) => drawStep(stage, step, { steps: before(stage, step), typed: filled(stage) })],
    [
      `${step}-locked`,
      (stage) =>
        drawStep(stage, step, {
          ...{ steps: before(stage, step), typed: filled(stage) },
          partner: { link: '', locked: fields },
        }),
    ],
  ];
};

/** Every page and state that a customer can meet, by name. */
export const scenes: ReadonlyMap<string, Scene> = new Map<string, Scene>([
  ['start', ({ locale }) => <StartView {...{ locale, path: '#', stamp: '' }} isBegun={false} isAnother={false} />],
  ['start-begun', ({ locale }) => <StartView {...{ locale, path: '#', stamp: '' }} isBegun isAnother={false} />],
  ['start-another', ({ locale }) => <StartView {...{ locale, path: '#', stamp: '' }} isBegun isAnother />],
  ...steps.flatMap(({ id }) => stepScenes(id)),
  ['card-saved', (stage) => drawStep(stage, 'card', { steps: told(stage) })],
  ['review', (stage) => <ReviewView journey={journeyOf(stage, { steps: told(stage) })} action={stage.stay} />],
  [
    'review-partner',
    (stage) => {
      const content = { steps: told(stage), partner: { link: '', locked: stepOf('identity').fields } };
      return <ReviewView journey={journeyOf(stage, content)} action={stage.stay} notice="reworded" />;
    },
  ],
  ...OUTCOMES.map((view): [string, Scene] => [
    `outcome-${view}`,
    ({ locale, brand, stay }) => (
      <OutcomeView
        stamp=""
        {...{ locale, view, reference: '1A2B3C4D', brandName: brand.name, path: '#', follow: stay }}
        waitMinutes={57}
      />
    ),
  ]),
  ['link-refused', ({ brand }) => <LinkRefusedView brandName={brand.name} path="#" isBegun={false} />],
]);
