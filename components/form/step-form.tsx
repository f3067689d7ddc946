'use client';

import { unstable_isUnrecognizedActionError, unstable_rethrow } from 'next/navigation';
import { type ReactNode, useActionState, useEffect, useMemo, useRef, useState, useTransition } from 'react';
import { useTranslations } from '@/components/i18n/translations';
import { Button } from '@/components/ui/button';
import {
  type FieldErrors,
  type FormInput,
  readForm,
  SHOWN_ERRORS_FIELD,
  toFieldErrors,
  writeErrors,
} from '@/lib/domain/form-input';
import { isBlankStamp, readStamp } from '@/lib/domain/form-stamp';
import type { JourneyContext } from '@/lib/domain/journey-context';
import { isAllowedInField, type Step } from '@/lib/domain/steps/step';
import { canKeepCookies } from './can-keep-cookies';
import { ErrorSummary } from './error-summary';
import { getLeaveTarget, STEP_FORM_ID, TOUCHED_FIELD } from './form-names';
import { isFormTouched } from './is-form-touched';
import { JOURNEY_FORM_ATTRIBUTE, retryAfterDeploy } from './retry-after-deploy';
import { StampField } from './stamp-field';
import { type AgentPrompts, StepFormContext } from './step-form-context';
import { useAutosave, waitForAutosave } from './use-autosave';

/** What the server says of a form that it did not take. When it takes one, it redirects. */
export type StepFormResult = {
  values: FormInput;
  errors: FieldErrors;
  /** Nothing was kept because too much came from here: in so many minutes there is room again. */
  waitMinutes?: number;
  /** Nothing was kept, for a reason that lies in no field. */
  problem?: 'changed' | 'begun';
  /** The stamp that the form is posted with from now on. */
  stamp?: string;
};
/** Why a form was not posted or not answered. */
type PostFailure = 'offline' | 'cookies';
/** The form comes from the version of the app before this one, or the application that it belonged to is gone. */
export type StepNotice = 'updated' | 'lost';
export type StepAction = (previous: StepFormResult | undefined, form: FormData) => Promise<StepFormResult | undefined>;

export type StepFormProps = {
  step: Pick<Step, 'fields' | 'schema' | 'ownNumbers' | 'scripted'>;
  title: string;
  context: JourneyContext;
  /** The form's first values: what was saved. */
  values: FormInput;
  /** What is wrong with them from the start: the upstream's no, or what another language had on its screen. */
  problems?: FieldErrors | undefined;
  /** Fields that the customer cannot change. */
  locked?: readonly string[] | undefined;
  action: StepAction;
  /** Given what the schema says so far, adds what only a script can know to the form, or says what is wrong with it. */
  prepare?: (form: FormData, errors: FieldErrors) => Promise<FieldErrors>;
  focusField?: (name: string) => boolean;
  /** When this page is the last one: what stands between its fields and its button, and the button's words. */
  finish?: { label: string; children: ReactNode } | undefined;
  /** For whom the form is drawn. */
  stamp?: string;
  /** Where it is kept half filled. */
  keepPath?: string;
  /** What is said of the whole form before it is posted. */
  notice?: StepNotice | undefined;
  /** At the console: what stands beside each question. */
  agentPrompts?: AgentPrompts | undefined;
  children: ReactNode;
};

const NO_ERRORS: FieldErrors = {};
const NO_FIELDS: readonly string[] = [];
const NO_RESULT: Partial<StepFormResult> = {};

/**
 * One step's form. The page itself is the truth: the schema reads the form's elements, so browser autofill and text
 * that was typed before the script arrived count like any other. Without script the same form posts to the same action.
 */
export function StepForm({
  step,
  title,
  context,
  values,
  problems,
  locked = NO_FIELDS,
  action,
  prepare,
  focusField,
  finish,
  stamp,
  keepPath,
  notice,
  agentPrompts,
  children,
}: StepFormProps) {
  const t = useTranslations('form');
  const element = useRef<HTMLFormElement>(null);
  const summary = useRef<{ focus: () => void }>(null);
  const [actionResult, postAction] = useActionState(action, undefined);
  const [clientResult, setClientResult] = useState<StepFormResult | PostFailure>();
  const [isSending, startSending] = useTransition();
  const [validation, setValidation] = useState({ errors: NO_ERRORS, times: 0 });
  const [isChecking, setChecking] = useState(false);

  const schema = useMemo(() => step.schema(context), [step, context]);
  function findErrors(form: FormData): FieldErrors {
    const parsed = schema.safeParse(readForm(form, step.fields));
    return parsed.success ? NO_ERRORS : toFieldErrors(parsed.error.issues);
  }

  const result = clientResult ?? actionResult;
  const serverErrors =
    result === undefined ? (problems ?? NO_ERRORS) : typeof result === 'string' ? NO_ERRORS : result.errors;
  const errors = Object.keys(validation.errors).length > 0 ? validation.errors : serverErrors;
  const { waitMinutes, stamp: newStamp } = typeof result === 'object' ? result : NO_RESULT;
  const currentStamp = newStamp ?? stamp;
  const hasErrors = Object.keys(errors).length > 0;
  const problem = findProblem(result, notice);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt with the same errors must move the focus again
  useEffect(() => {
    // A customer who began to correct the page before its script arrived types on.
    const isTyping = validation.times === 0 && document.activeElement?.matches('input, select');
    if ((hasErrors || problem) && !isTyping) summary.current?.focus();
  }, [validation.times, result, hasErrors, problem]);

  // The box of a choice that was not made is sent along unseen: a card in it must not leave the page.
  function removeCards(form: FormData): FormData {
    for (const [name, text] of [...form]) {
      if (typeof text === 'string' && !isAllowedInField(step, name, text, context)) form.set(name, '');
    }
    return form;
  }
  const readData = (form: HTMLFormElement) => removeCards(new FormData(form));
  const isPosted = useAutosave(element, { keepPath, stamp: currentStamp, readData });

  const isBlankForm = isBlankStamp(readStamp(stamp));

  function post(data: FormData) {
    if (isBlankForm && !canKeepCookies()) return setClientResult('cookies');
    const form = removeCards(data);
    isPosted.current = true;
    startSending(async () => {
      try {
        await waitForAutosave();
        const rejection = await action(undefined, form);
        isPosted.current = false;
        setClientResult(rejection);
      } catch (error) {
        unstable_rethrow(error);
        isPosted.current = false;
        if (unstable_isUnrecognizedActionError(error))
          await retryAfterDeploy(form).catch(() => setClientResult('offline'));
        else setClientResult('offline');
      }
    });
  }

  /** Posts the form when neither the schema nor a script finds anything wrong with it. */
  async function send(form: FormData) {
    setChecking(true);
    const preparedErrors = prepare ? await prepare(form, findErrors(form)) : NO_ERRORS;
    const newErrors = Object.keys(preparedErrors).length > 0 ? preparedErrors : findErrors(form);
    setChecking(false);
    setValidation(({ times }) => ({ errors: newErrors, times: times + 1 }));
    if (Object.keys(newErrors).length === 0) post(form);
  }

  function onSubmit(event: React.FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent;
    const form = event.currentTarget;
    const data = new FormData(form, submitter);
    if (getLeaveTarget(data) === undefined) return send(data);
    data.set(TOUCHED_FIELD, isFormTouched(form) ? '1' : '0');
    return post(data);
  }

  const isBusy = isSending || isChecking;
  return (
    <StepFormContext.Provider value={{ errors, values: actionResult?.values ?? values, locked, agentPrompts }}>
      <title>{hasErrors ? t('errorPrefix') + title : title}</title>
      {hasErrors ? <ErrorSummary errors={errors} order={step.fields} ref={summary} focusField={focusField} /> : null}
      {problem && !hasErrors ? <Problem ref={summary} text={t(problem, { minutes: waitMinutes ?? 1 })} /> : null}
      <form
        ref={element}
        action={postAction}
        onSubmit={isBusy ? stop : onSubmit}
        noValidate
        // What is taken is the server's: a browser that keeps it with its history would give it to the next person's Back.
        autoComplete={agentPrompts || isSending ? 'off' : undefined}
        id={STEP_FORM_ID}
        className="grid gap-6"
        {...{ [JOURNEY_FORM_ATTRIBUTE]: '' }}
      >
        {currentStamp ? <StampField value={currentStamp} /> : null}
        {children}
        {finish?.children}
        {hasErrors ? <input type="hidden" name={SHOWN_ERRORS_FIELD} value={writeErrors(errors)} /> : null}
        <Button type="submit" aria-disabled={isBusy} className="mt-2">
          {isBusy ? t('sending') : (finish?.label ?? t('continue'))}
        </Button>
      </form>
    </StepFormContext.Provider>
  );
}

const stop = (event: React.FormEvent) => event.preventDefault();

/** The message key of the reason why the whole form was not taken. */
function findProblem(result: StepFormResult | PostFailure | undefined, notice: StepNotice | undefined) {
  if (typeof result === 'string') return result;
  if (result?.waitMinutes !== undefined) return 'limited';
  if (result?.problem !== undefined) return result.problem;
  return result === undefined ? notice : undefined;
}

/** Why the whole form was not taken. */
function Problem({ ref, text }: { ref: React.RefObject<{ focus: () => void } | null>; text: string }) {
  return (
    <div
      ref={ref as React.RefObject<HTMLDivElement | null>}
      tabIndex={-1}
      role="alert"
      className="mb-8 rounded-control border-2 border-danger bg-danger-soft p-5 font-medium"
    >
      {text}
    </div>
  );
}
