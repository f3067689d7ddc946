/** The step's form on the page: buttons that stand elsewhere name it. */
export const STEP_FORM_ID = 'step-form';

/** The button that posts a form as it is, and leaves it half filled: for the language or the page that is its value. */
export const SWITCH_TO = 'switchTo';

/** The button that leaves a form half filled for the page before: its value names the page. */
export const BACK_TO = 'backTo';

/** Where a form is left for, if it is left. */
export function getLeaveTarget(form: FormData): string | undefined {
  const target = form.get(SWITCH_TO) ?? form.get(BACK_TO);
  return typeof target === 'string' ? target : undefined;
}

/** The value of that button that leads to an agent's help and not to another language. */
export const TO_HELP = 'help';

/** The value of that button that leads to where the journey starts. */
export const TO_START = 'start';

/** The hidden field that tells, by its hash, which words the customer agrees to. */
export const CONSENT = 'consent';

/** The field in which a script says whether a form that is left was changed since it was drawn: `1` or `0`. */
export const TOUCHED = 'touched';
