import { getTranslations } from 'next-intl/server';
import { TO_START } from '@/components/form/form-names';
import type { StepAction, StepNotice } from '@/components/form/step-form';
import type { Asides } from '@/components/form/step-form-context';
import { ClientWords } from '@/components/i18n/client-words';
import { AskForHelp } from '@/components/layout/ask-for-help';
import { StartOver } from '@/components/layout/start-over';
import { type Back, StepHeader } from '@/components/layout/step-header';
import { type PlainStepId, titleKey } from '@/components/steps/plain-step';
import { StepFields } from '@/components/steps/step-fields';
import type { PlacesSettings } from '@/lib/config/browser-keys';
import type { FieldErrors } from '@/lib/domain/form-input';
import { markAnswer, markVersion } from '@/lib/domain/form-stamp';
import { formOf } from '@/lib/domain/journey';
import { isOnlyQuestion, stillLocked } from '@/lib/domain/partner-start';
import { type StepId, stepOf } from '@/lib/domain/steps';
import { mendOf } from '@/lib/domain/upstream-responses/catalogue';
import { finishOn } from './finish';
import { type JourneyView, stepBefore } from './journey-view';
import { PartnerNote } from './partner-note';

/** `save` keeps a step and goes on; `finish` sends everything after it. */
export type StepActions = { save: StepAction; finish: StepAction };

type Props = {
  step: PlainStepId;
  journey: JourneyView;
  actions: StepActions;
  places: PlacesSettings | undefined;
  /** At the console: what stands beside each question. */
  asides?: Asides;
  notice: StepNotice | undefined;
};

/** The page of a step. */
export async function StepView({ step, journey, actions, places, asides, notice }: Props) {
  const { walk, context, content } = journey;
  const t = await getTranslations('steps');
  const title = t(titleKey(step, context));
  const { isOnly, ...form } = await formProps(step, journey, actions);
  const { fields } = stepOf(step);
  return (
    <ClientWords
      step={step}
      only={['form', 'errors', ...(isOnly ? (['review'] as const) : []), ...(asides ? (['assist'] as const) : [])]}
    >
      <StepHeader walk={walk} page={step} title={title} back={isOnly ? undefined : getBack(step, journey)} />
      <PartnerNote journey={journey} fields={fields} />
      <StepFields
        step={step}
        title={title}
        context={context}
        values={formOf(content, step)}
        // A search would write over what is locked.
        places={form.locked.some((name) => fields.includes(name)) ? undefined : places}
        asides={asides}
        notice={notice}
        {...form}
      />
      {journey.helpPath ? <AskForHelp brandName={journey.brand.name} /> : null}
      {journey.canStartOver ? <StartOver locale={journey.locale} stamp={form.stamp} /> : null}
    </ClientWords>
  );
}

/** The way back from a step takes its half-filled form along. */
export const getBack = (step: StepId, journey: JourneyView): Back => ({
  backTo: stepBefore(journey, step) ?? TO_START,
});

/** What every step's form gets from the journey. */
export async function formProps(step: StepId, journey: JourneyView, actions: StepActions) {
  const { walk, content, refusal, version } = journey;
  const isOnly = content.partner !== undefined && isOnlyQuestion(walk, step, formOf(content, step));
  return {
    isOnly,
    // What is sent at once is agreed to as a whole.
    stamp: journey.stamp(isOnly ? markVersion(version) : markAnswer(content.steps, step)),
    keepPath: journey.keepPath(step),
    problems: content.typed?.[step]?.errors ?? refusedAt(step, refusal) ?? walk.conflicts[step],
    locked: stillLocked(content.partner, refusal),
    action: isOnly ? actions.finish : actions.save,
    finish: isOnly ? await finishOn(step, journey) : undefined,
  };
}

function refusedAt(step: StepId, refusal: string | undefined): FieldErrors | undefined {
  const mend = mendOf(refusal);
  return mend?.step === step ? { [mend.field]: mend.error } : undefined;
}
