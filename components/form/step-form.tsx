'use client';

import { unstable_isUnrecognizedActionError, unstable_rethrow } from 'next/navigation';
import { type ReactNode, useActionState, useEffect, useMemo, useRef, useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { useWords } from '@/components/words/words';
import { type FieldErrors, type FormInput, readForm, toFieldErrors, writeErrors } from '@/lib/domain/form-input';
import type { JourneyContext } from '@/lib/domain/journey-context';
import { mayHold, type Step } from '@/lib/domain/steps/step';
import { ErrorSummary } from './error-summary';
import { SHOWN_ERRORS, STEP_FORM_ID, SWITCH_TO } from './form-names';
import { JOURNEY_FORM, postToNewBuild } from './post-to-new-build';
import { type Asides, StepFormContext } from './step-form-context';

/** What the server says of a form that it did not take. When it takes one, it redirects. */
export type StepFormResult = {
  values: FormInput;
  errors: FieldErrors;
  /** Nothing was kept because too much came from here: in so many minutes there is room again. */
  waitMinutes?: number;
};
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
  /** At the console: what stands beside each question. */
  asides?: Asides | undefined;
  children: ReactNode;
};

const NO_ERRORS: FieldErrors = {};
const NONE: readonly string[] = [];

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
  asides,
  children,
}: StepFormProps) {
  const t = useWords('form');
  const summary = useRef<{ focus: () => void }>(null);
  const [posted, postAction] = useActionState(action, undefined);
  const [answered, setAnswered] = useState<StepFormResult | 'offline'>();
  const [isSending, startSending] = useTransition();
  const [checked, setChecked] = useState({ errors: NO_ERRORS, times: 0 });
  const [isChecking, setChecking] = useState(false);

  const schema = useMemo(() => step.schema(context), [step, context]);
  function findErrors(form: FormData): FieldErrors {
    const parsed = schema.safeParse(readForm(form, step.fields));
    return parsed.success ? NO_ERRORS : toFieldErrors(parsed.error.issues);
  }

  const result = answered ?? posted;
  const fromServer = result === undefined ? (problems ?? NO_ERRORS) : result === 'offline' ? NO_ERRORS : result.errors;
  const errors = Object.keys(checked.errors).length > 0 ? checked.errors : fromServer;
  const hasErrors = Object.keys(errors).length > 0;
  const problem =
    result === 'offline'
      ? t('offline')
      : result?.waitMinutes !== undefined
        ? t('limited', { minutes: result.waitMinutes })
        : undefined;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt with the same errors must move the focus again
  useEffect(() => {
    // A customer who began to correct the page before its script arrived types on.
    const isTyping = checked.times === 0 && document.activeElement?.matches('input, select');
    if ((hasErrors || problem) && !isTyping) summary.current?.focus();
  }, [checked.times, result, hasErrors, problem]);

  function post(form: FormData) {
    // The box of a choice that was not made is sent along unseen: a card in it must not leave the page.
    for (const [name, text] of [...form]) {
      if (typeof text === 'string' && !mayHold(step, name, text, context)) form.set(name, '');
    }
    startSending(async () => {
      try {
        setAnswered(await action(undefined, form));
      } catch (error) {
        unstable_rethrow(error);
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
    if (submitter?.getAttribute('name') === SWITCH_TO) return post(new FormData(form, submitter));
    return send(new FormData(form));
  }

  const isBusy = isSending || isChecking;
  return (
    <StepFormContext.Provider value={{ errors, values: posted?.values ?? values, locked, asides }}>
      <title>{hasErrors ? t('errorPrefix') + title : title}</title>
      {hasErrors ? <ErrorSummary errors={errors} order={step.fields} ref={summary} focusField={focusField} /> : null}
      {problem && !hasErrors ? <Problem ref={summary} text={problem} /> : null}
      <form
        action={postAction}
        onSubmit={isBusy ? stop : onSubmit}
        noValidate
        // What is taken is the server's: a browser that keeps it with its history would give it to the next person's Back.
        autoComplete={asides || isSending ? 'off' : undefined}
        id={STEP_FORM_ID}
        className="grid gap-6"
        {...{ [JOURNEY_FORM]: '' }}
      >
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
