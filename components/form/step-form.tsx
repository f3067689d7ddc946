'use client';

import { type ReactNode, type RefObject, useActionState, useEffect, useRef } from 'react';
import { useTranslations } from '@/components/i18n/translations';
import { Alert } from '@/components/ui/alert';
import { type FieldErrors, type FormInput, SHOWN_ERRORS_FIELD, writeErrors } from '@/lib/domain/form-input';
import type { JourneyContext } from '@/lib/domain/journey-context';
import type { Step } from '@/lib/domain/steps/step';
import type { RejectedForm } from '@/lib/use-cases/customer/rejected-form';
import { ErrorSummary } from './error-summary';
import { STEP_FORM_ID } from './form-names';
import { JOURNEY_FORM_ATTRIBUTES } from './retry-after-deploy';
import { StampField } from './stamp-field';
import { AgentPromptSlot, type AgentPrompts, StepFormContext } from './step-form-context';
import { SubmitBar } from './submit-bar';
import { useRemainingErrors } from './use-remaining-errors';
import { type HostedFields, type StepAction, useStepSubmit } from './use-step-submit';
import { hasErrors, NO_ERRORS } from './validate-form';

/** A form of the previous version of the app, or of an application that has ended. */
export type StepNotice = 'updated' | 'lost';
export type { StepAction };

type PostResult = RejectedForm | 'offline' | 'cookies' | undefined;
type FormProblem = Exclude<PostResult, RejectedForm> | RejectedForm['problem'] | 'limited' | StepNotice;

export type StepFormProps = {
  step: Pick<Step, 'fields' | 'loadSchema' | 'ownNumbers' | 'scripted'>;
  title: string;
  context: JourneyContext;
  /** The saved values that the form shows first. */
  values: FormInput;
  /** Their errors: the upstream's rejection, or the errors on a page in another language. */
  problems?: FieldErrors | undefined;
  /** Fields that the customer cannot change. */
  locked?: readonly string[] | undefined;
  /** Fields that the page does not ask unless the customer opens them. */
  knownFields?: readonly string[] | undefined;
  action: StepAction;
  hostedFields?: HostedFields | undefined;
  focusField?: (name: string) => boolean;
  /** On the last page: the content after the fields, the consent right above the button, and the button's label. */
  finish?: { label: string; consent?: ReactNode; children: ReactNode } | undefined;
  /** The stamp of the draft that the form belongs to. */
  stamp?: string | undefined;
  /** The path that stores the partial form. */
  keepPath?: string | undefined;
  /** A message about the whole form before the customer posts it. */
  notice?: StepNotice | undefined;
  /** At the console: what an agent sees at each question (its name) and beside the form (`:beside`). */
  agentPrompts?: AgentPrompts | undefined;
  children: ReactNode;
};

const NO_FIELDS: readonly string[] = [];

const countErrors = (errors: FieldErrors) => Object.keys(errors).length;

/**
 * One step's form. The schema reads the form's elements, so it includes browser autofill and text that was typed before the
 * script arrived. Without script the same form posts to the same action.
 */
export function StepForm(props: StepFormProps) {
  const { step, title, locked = NO_FIELDS, knownFields = NO_FIELDS } = props;
  const { focusField, hostedFields, finish, agentPrompts, children } = props;
  const t = useTranslations('form');
  const element = useRef<HTMLFormElement>(null);
  const { isPending, isBusy, loadValidation, onSubmit, postAction, ...post } = usePostedStep(props, element);
  const { attempts, result, answer, stamp, values, shownErrors, problem } = post;

  const errors = useRemainingErrors(element, shownErrors, loadValidation, hostedFields);
  const isInvalid = hasErrors(errors);
  // A question that had an error stays on the page after its correction.
  const hiddenFields = knownFields.filter((name) => shownErrors[name] === undefined);
  const hasProblem = hasErrors(shownErrors) || problem !== undefined;
  const summary = useFocusOnProblem(hasProblem, [attempts, result, problem]);

  return (
    <StepFormContext.Provider value={{ errors, values, locked, knownFields: hiddenFields, agentPrompts }}>
      <title>{isInvalid ? t('errorPrefix') + title : title}</title>
      {isInvalid ? <ErrorSummary errors={errors} order={step.fields} ref={summary} focusField={focusField} /> : null}
      {problem && !isInvalid ? (
        <Alert ref={summary} tabIndex={-1} className="mb-4 font-medium">
          {t(problem, { minutes: answer?.waitMinutes ?? 1 })}
        </Alert>
      ) : null}
      <form
        ref={element}
        action={postAction}
        onSubmit={onSubmit}
        noValidate
        // While the form is posted, the browser must not store its values in the history for the next person's Back button.
        autoComplete={agentPrompts || isPending ? 'off' : undefined}
        id={STEP_FORM_ID}
        className="grid grid-cols-1 gap-3"
        {...JOURNEY_FORM_ATTRIBUTES}
      >
        {stamp ? <StampField value={stamp} /> : null}
        {children}
        {finish?.children}
        {isInvalid ? <input type="hidden" name={SHOWN_ERRORS_FIELD} value={writeErrors(errors)} /> : null}
        <SubmitBar
          finish={finish}
          isBusy={isBusy}
          errorCount={countErrors(errors)}
          initialErrorCount={countErrors(shownErrors)}
        />
      </form>
      <AgentPromptSlot name=":beside" />
    </StepFormContext.Provider>
  );
}

/** Posts the form, by script or without, and returns the values, errors and message that its page shows afterwards. */
function usePostedStep(props: StepFormProps, element: RefObject<HTMLFormElement | null>) {
  const [actionResult, postAction] = useActionState(props.action, undefined);
  const { validation, ...submission } = useStepSubmit(props, element);
  const result = submission.result ?? actionResult;
  const answer = typeof result === 'object' ? result : undefined;
  const savedErrors = result === undefined && validation.attempts === 0 ? props.problems : undefined;
  return {
    ...submission,
    postAction,
    attempts: validation.attempts,
    result,
    answer,
    stamp: answer?.stamp ?? props.stamp,
    values: actionResult?.values ?? props.values,
    shownErrors: hasErrors(validation.errors) ? validation.errors : (answer?.errors ?? savedErrors ?? NO_ERRORS),
    problem: findProblem(result, props.notice),
  };
}

/**
 * Moves the focus to the summary when the form has a problem. A new attempt with the same errors moves it again. When the
 * script arrives, a customer who has already moved to a field or to a line of the summary stays there.
 */
function useFocusOnProblem(hasProblem: boolean, [attempts, result, problem]: readonly [number, PostResult, unknown]) {
  const summary = useRef<HTMLDivElement>(null);
  const isMounted = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt or result must move the focus again
  useEffect(() => {
    const isFirst = !isMounted.current;
    isMounted.current = true;
    const hasMovedOn = isFirst && document.activeElement?.closest('form, [role=alert]');
    if (hasProblem && !hasMovedOn) summary.current?.focus();
  }, [attempts, result, hasProblem, problem]);
  return summary;
}

/** Returns the message key of the reason why the server did not accept the whole form. */
function findProblem(result: PostResult, notice: StepNotice | undefined): FormProblem | undefined {
  if (typeof result === 'string') return result;
  if (result?.waitMinutes !== undefined) return 'limited';
  if (result?.problem !== undefined) return result.problem;
  return result === undefined ? notice : undefined;
}
