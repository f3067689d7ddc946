/** The step's form on the page: buttons that stand elsewhere name it. */
export const STEP_FORM_ID = 'step-form';

/** The button that posts a form as it is, and leaves it half filled: for the language or the page that is its value. */
export const SWITCH_TO_FIELD = 'switchTo';

/** The button that leaves a form half filled for the page before: its value names the page. */
export const BACK_TO_FIELD = 'backTo';

/** Where a form is left for, if it is left. */
export function getLeaveTarget(form: FormData): string | undefined {
  const target = form.get(SWITCH_TO_FIELD) ?? form.get(BACK_TO_FIELD);
  return typeof target === 'string' ? target : undefined;
}

/** The value of that button that leads to an agent's help and not to another language. */
export const HELP_TARGET = 'help';

/** The value of that button that leads to where the journey starts. */
export const START_TARGET = 'start';

/** The hidden field that tells, by its hash, which words the customer agrees to. */
export const CONSENT_FIELD = 'consent';

/** The field in which a script says whether a form that is left was changed since it was drawn: `1` or `0`. */
export const TOUCHED_FIELD = 'touched';
