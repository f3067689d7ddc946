'use client';

import { unstable_isUnrecognizedActionError, unstable_rethrow } from 'next/navigation';
import { type ReactNode, useActionState, useEffect, useMemo, useRef, useState, useTransition } from 'react';
import { useWords } from '@/components/i18n/words';
import { Button } from '@/components/ui/button';
import {
  type FieldErrors,
  type FormInput,
  readForm,
  SHOWN_ERRORS,
  toFieldErrors,
  writeErrors,
} from '@/lib/domain/form-input';
import { isBlank, readStamp } from '@/lib/domain/form-stamp';
import type { JourneyContext } from '@/lib/domain/journey-context';
import { mayHold, type Step } from '@/lib/domain/steps/step';
import { canKeepCookies } from './can-keep-cookies';
import { ErrorSummary } from './error-summary';
import { getLeaveTarget, STEP_FORM_ID, TOUCHED } from './form-names';
import { isFormTouched } from './is-touched';
import { JOURNEY_FORM, postToNewBuild } from './retry-after-deploy';
import { StampField } from './stamp-field';
import { type Asides, StepFormContext } from './step-form-context';
import { useKeptForm, waitUntilKept } from './use-kept-form';

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
type NotPosted = 'offline' | 'cookies';
/** The form comes from the version of the app before this one, or the application that it belonged to is gone. */
export type StepNotice = 'updated' | 'lost';
export type StepAction = (before: StepFormResult | undefined, form: FormData) => Promise<StepFormResult | undefined>;

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
  asides?: Asides | undefined;
  children: ReactNode;
};

const NO_ERRORS: FieldErrors = {};
const NONE: readonly string[] = [];
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
  locked = NONE,
  action,
  prepare,
  focusField,
  finish,
  stamp,
  keepPath,
  notice,
  asides,
  children,
}: StepFormProps) {
  const t = useWords('form');
  const element = useRef<HTMLFormElement>(null);
  const summary = useRef<{ focus: () => void }>(null);
  const [posted, postAction] = useActionState(action, undefined);
  const [answered, setAnswered] = useState<StepFormResult | NotPosted>();
  const [isSending, startSending] = useTransition();
  const [checked, setChecked] = useState({ errors: NO_ERRORS, times: 0 });
  const [isChecking, setChecking] = useState(false);

  const schema = useMemo(() => step.schema(context), [step, context]);
  function findErrors(form: FormData): FieldErrors {
    const parsed = schema.safeParse(readForm(form, step.fields));
    return parsed.success ? NO_ERRORS : toFieldErrors(parsed.error.issues);
  }

  const result = answered ?? posted;
  const fromServer =
    result === undefined ? (problems ?? NO_ERRORS) : typeof result === 'string' ? NO_ERRORS : result.errors;
  const errors = Object.keys(checked.errors).length > 0 ? checked.errors : fromServer;
  const { waitMinutes, stamp: newStamp } = typeof result === 'object' ? result : NO_RESULT;
  const currentStamp = newStamp ?? stamp;
  const hasErrors = Object.keys(errors).length > 0;
  const problem = findProblem(result, notice);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt with the same errors must move the focus again
  useEffect(() => {
    // A customer who began to correct the page before its script arrived types on.
    const isTyping = checked.times === 0 && document.activeElement?.matches('input, select');
    if ((hasErrors || problem) && !isTyping) summary.current?.focus();
  }, [checked.times, result, hasErrors, problem]);

  // The box of a choice that was not made is sent along unseen: a card in it must not leave the page.
  function removeCards(form: FormData): FormData {
    for (const [name, text] of [...form]) {
      if (typeof text === 'string' && !mayHold(step, name, text, context)) form.set(name, '');
    }
    return form;
  }
  const readData = (form: HTMLFormElement) => removeCards(new FormData(form));
  const isTaken = useKeptForm(element, { keepPath, stamp: currentStamp, readData });

  const isFirst = isBlank(readStamp(stamp));

  function post(data: FormData) {
    if (isFirst && !canKeepCookies()) return setAnswered('cookies');
    const form = removeCards(data);
    isTaken.current = true;
    startSending(async () => {
      try {
        await waitUntilKept();
        const refused = await action(undefined, form);
        isTaken.current = false;
        setAnswered(refused);
      } catch (error) {
        unstable_rethrow(error);
        isTaken.current = false;
        if (unstable_isUnrecognizedActionError(error)) await postToNewBuild(form).catch(() => setAnswered('offline'));
        else setAnswered('offline');
      }
    });
  }

  /** Posts the form when neither the schema nor a script finds anything wrong with it. */
  async function send(form: FormData) {
    setChecking(true);
    const early = prepare ? await prepare(form, findErrors(form)) : NO_ERRORS;
    const found = Object.keys(early).length > 0 ? early : findErrors(form);
    setChecking(false);
    setChecked(({ times }) => ({ errors: found, times: times + 1 }));
    if (Object.keys(found).length === 0) post(form);
  }

  function onSubmit(event: React.FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent;
    const form = event.currentTarget;
    const data = new FormData(form, submitter);
    if (getLeaveTarget(data) === undefined) return send(data);
    data.set(TOUCHED, isFormTouched(form) ? '1' : '0');
    return post(data);
  }

  const isBusy = isSending || isChecking;
  return (
    <StepFormContext.Provider value={{ errors, values: posted?.values ?? values, locked, asides }}>
      <title>{hasErrors ? t('errorPrefix') + title : title}</title>
      {hasErrors ? <ErrorSummary errors={errors} order={step.fields} ref={summary} focusField={focusField} /> : null}
      {problem && !hasErrors ? <Problem ref={summary} text={t(problem, { minutes: waitMinutes ?? 1 })} /> : null}
      <form
        ref={element}
        action={postAction}
        onSubmit={isBusy ? stop : onSubmit}
        noValidate
        // What is taken is the server's: a browser that keeps it with its history would give it to the next person's Back.
        autoComplete={asides || isSending ? 'off' : undefined}
        id={STEP_FORM_ID}
        className="grid gap-6"
        {...{ [JOURNEY_FORM]: '' }}
      >
        {currentStamp ? <StampField value={currentStamp} /> : null}
        {children}
        {finish?.children}
        {hasErrors ? <input type="hidden" name={SHOWN_ERRORS} value={writeErrors(errors)} /> : null}
        <Button type="submit" aria-disabled={isBusy} className="mt-2">
          {isBusy ? t('sending') : (finish?.label ?? t('continue'))}
        </Button>
      </form>
    </StepFormContext.Provider>
  );
}

const stop = (event: React.FormEvent) => event.preventDefault();

/** The message key of the reason why the whole form was not taken. */
function findProblem(result: StepFormResult | NotPosted | undefined, notice: StepNotice | undefined) {
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
