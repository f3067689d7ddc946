import type { ReactNode } from 'react';
import type { JourneyView } from '@/components/pages/journey-view';
import type { PlacesSettings, VaultSettings } from '@/lib/config/vendor-settings';
import { type FieldErrors, type FormInput, readForm, toFieldErrors } from '@/lib/domain/form-input';
import { getJourneyProgress, type SavedSteps } from '@/lib/domain/journey';
import { sampleInputs } from '@/lib/domain/sample-answers';
import { getStep, type StepId } from '@/lib/domain/steps';
import type { DraftContent } from '@/lib/store/drafts';

/** The data of a preview. `stay` is an action without effect. */
export type PreviewData = Pick<JourneyView, 'locale' | 'context' | 'brand'> & {
  now: string;
  doNothing: () => Promise<undefined>;
  places: PlacesSettings | undefined;
  vault: VaultSettings | undefined;
};
export type VisualState = (data: PreviewData) => ReactNode;

const ACCOUNT = '002320275621938815';

/** Builds the steps of the sample person, with the first payment method that needs no more fields, or the card. */
export function buildSavedSteps({ context: { paymentMethodTypes }, now }: PreviewData): SavedSteps {
  const type = paymentMethodTypes.includes('Card') ? 'Card' : (paymentMethodTypes[0] ?? '');
  const payment = { paymentMethodType: type, ubnParams: { number: ACCOUNT } };
  return Object.fromEntries(
    Object.entries({ ...sampleInputs, payment }).map(([step, input]) => [step, { input, savedAt: now }]),
  );
}

/** Forms of a preview are never posted. */
const NO_FORMS = { version: 1, createStamp: () => '', getPartialPath: () => '' };

export function buildSampleJourney(data: PreviewData, content: DraftContent): JourneyView {
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
export function buildStepsWithout(data: PreviewData, step: StepId): SavedSteps {
  const { [step]: _omitted, ...otherSteps } = buildSavedSteps(data);
  return otherSteps;
}

/** Builds the form of a step that was posted empty, with its errors. */
export function buildEmptyErrors({ context }: PreviewData, step: StepId): { input: FormInput; errors: FieldErrors } {
  const { fields, schema } = getStep(step);
  // The page does not ask for the country when there is only one.
  const input = readForm(new Map([['countryCode', context.countries[0]]]), fields);
  return { input, errors: toFieldErrors(schema(context).safeParse(input).error?.issues ?? []) };
}
