import { getTranslations } from 'next-intl/server';
import { START_TARGET } from '@/components/form/form-names';
import type { StepAction, StepNotice } from '@/components/form/step-form';
import { ClientMessages } from '@/components/i18n/client-messages';
import { HelpButton } from '@/components/layout/help-button';
import { StartOver } from '@/components/layout/start-over';
import { type BackTarget, StepHeader } from '@/components/layout/step-header';
import { getTitleKey, type PlainStepId } from '@/components/steps/plain-step';
import { StepFields } from '@/components/steps/step-fields';
import type { PlacesSettings } from '@/lib/config/vendor-settings';
import type { SavedPostalArea } from '@/lib/domain/address/postal-area';
import type { FieldErrors } from '@/lib/domain/form-input';
import { buildAnswerMark, buildVersionMark } from '@/lib/domain/form-stamp';
import { getStepForm } from '@/lib/domain/journey';
import { getKnownFields, getLockedFields, isOnlyQuestion } from '@/lib/domain/partner-start';
import { getStep, type StepId } from '@/lib/domain/steps';
import { getCorrectableField } from '@/lib/domain/upstream-responses/catalogue';
import { DocumentOffer, FilledNotice } from './document-offer';
import { buildFinishSection } from './finish-section';
import { getPreviousStep, type JourneyView } from './journey-view';
import { KnownAnswers } from './partner-notice';

/** `save` saves a step and continues; `finish` saves it and submits the application. */
export type StepActions = { save: StepAction; finish: StepAction };

type Props = {
  step: PlainStepId;
  journey: JourneyView;
  actions: StepActions;
  places: PlacesSettings | undefined;
  postal?: SavedPostalArea | undefined;
  notice: StepNotice | undefined;
};

export async function StepView({ step, journey, actions, places, postal, notice }: Props) {
  const { progress, context, content } = journey;
  const t = await getTranslations('steps');
  const title = t(getTitleKey(step, context));
  const { isOnly, ...form } = await getFormProps(step, journey, actions);
  const { fields } = getStep(step);
  return (
    <ClientMessages step={step} only={['form', 'errors', ...(isOnly ? (['review'] as const) : [])]}>
      <StepHeader
        progress={progress}
        page={step}
        title={title}
        back={isOnly ? undefined : getBackTarget(step, journey)}
      />
      {step === 'identity' && form.knownFields.length === 0 ? <DocumentOffer journey={journey} /> : null}
      <FilledNotice journey={journey} step={step} />
      <KnownAnswers journey={journey} step={step} knownFields={form.knownFields} />
      <StepFields
        step={step}
        title={title}
        context={context}
        values={getStepForm(content, step)}
        // The address search would overwrite the partner's answers.
        places={form.knownFields.length > 0 || form.locked.some((name) => fields.includes(name)) ? undefined : places}
        postal={form.knownFields.length > 0 ? undefined : postal}
        notice={notice}
        {...form}
      />
      {journey.helpPath ? <HelpButton brandName={journey.brand.name} /> : null}
      {journey.canStartOver ? <StartOver locale={journey.locale} stamp={form.stamp} /> : null}
    </ClientMessages>
  );
}

/** Returns the back target of a step, which posts its partial form. */
export const getBackTarget = (step: StepId, journey: JourneyView): BackTarget => ({
  backTo: getPreviousStep(journey, step) ?? START_TARGET,
});

/** Builds the props that every step's form gets from the journey. */
export async function getFormProps(step: StepId, journey: JourneyView, actions: StepActions) {
  const { progress, content, refusal, version } = journey;
  const problems = content.typed?.[step]?.errors ?? getRejectionErrors(step, refusal) ?? progress.conflicts[step] ?? {};
  const isOnly =
    !journey.isFramed && content.partner !== undefined && isOnlyQuestion(progress, step, getStepForm(content, step));
  return {
    isOnly,
    // A journey of one page submits all answers, so its stamp covers the whole draft.
    stamp: journey.createStamp(isOnly ? buildVersionMark(version) : buildAnswerMark(content.steps, step)),
    keepPath: journey.getPartialPath(step),
    problems,
    locked: getLockedFields(content.partner, refusal),
    knownFields: progress.remaining.includes(step)
      ? getKnownFields(content.partner, getStep(step).fields, problems)
      : [],
    action: isOnly ? actions.finish : actions.save,
    finish: isOnly ? await buildFinishSection(step, journey) : undefined,
  };
}

function getRejectionErrors(step: StepId, refusal: string | undefined): FieldErrors | undefined {
  const correction = getCorrectableField(refusal);
  return correction?.step === step ? { [correction.field]: correction.error } : undefined;
}
