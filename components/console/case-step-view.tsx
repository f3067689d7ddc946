import { getMessages } from 'next-intl/server';
import type { StepNotice } from '@/components/form/step-form';
import type { AgentPrompts } from '@/components/form/step-form-context';
import { ClientMessages } from '@/components/i18n/client-messages';
import { DocumentOffer } from '@/components/pages/document-offer';
import type { JourneyView } from '@/components/pages/journey-view';
import { getFormProps, type StepActions } from '@/components/pages/step-view';
import { getTitleKey, type PlainStepId } from '@/components/steps/plain-step';
import { StepFields } from '@/components/steps/step-fields';
import type { PlacesSettings } from '@/lib/config/vendor-settings';
import { getStepForm } from '@/lib/domain/journey';
import { getStep } from '@/lib/domain/steps';
import { withAgentTexts } from '@/lib/i18n/agent-texts';
import { toFlatMessages } from '@/lib/i18n/message-tree';
import { FilledSteps } from './filled-steps';
import { FocusFirstEmptyField } from './focus-first-empty-field';

type Props = {
  step: PlainStepId;
  journey: JourneyView;
  actions: StepActions;
  places: PlacesSettings | undefined;
  agentPrompts: AgentPrompts;
  notice: StepNotice | undefined;
};

/** A step's form at the console: the filled steps in a line each, compact rows, and the agent's panel beside them. */
export async function CaseStepView({ step, journey, actions, places, agentPrompts, notice }: Props) {
  const { context, content, progress } = journey;
  // The consent at the end of a one-page journey is the customer's.
  const { isOnly: _isOnly, finish: _finish, ...form } = await getFormProps(step, journey, actions);
  const { fields } = getStep(step);
  const title = toFlatMessages(withAgentTexts(await getMessages()).steps).get(getTitleKey(step, context)) ?? '';
  return (
    <ClientMessages step={step} only={['form', 'errors', 'assist']} isForAgent>
      <div className="case">
        <FilledSteps answers={progress.answers} page={step} />
        <h1 className="case-title">{title}</h1>
        {step === 'identity' ? <DocumentOffer journey={journey} /> : null}
        <StepFields
          step={step}
          title={title}
          context={context}
          values={getStepForm(content, step)}
          // The address search would overwrite locked fields.
          places={form.locked.some((name) => fields.includes(name)) ? undefined : places}
          agentPrompts={agentPrompts}
          notice={notice}
          {...form}
          // An agent sees the partner's answers, too.
          knownFields={[]}
        />
      </div>
      <FocusFirstEmptyField />
    </ClientMessages>
  );
}
