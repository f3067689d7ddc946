/** The id of the step's form, for buttons outside it. */
export const STEP_FORM_ID = 'step-form';

/** The name of buttons that post the partial form and lead to another language or page, which is their value. */
export const SWITCH_TO_FIELD = 'switchTo';

/** The name of the button that posts the partial form and leads to the previous page, which is its value. */
export const BACK_TO_FIELD = 'backTo';

/** Returns the target of a form that was posted by one of these buttons. */
export function getLeaveTarget(form: FormData): string | undefined {
  const target = form.get(SWITCH_TO_FIELD) ?? form.get(BACK_TO_FIELD);
  return typeof target === 'string' ? target : undefined;
}

/** The value that leads to the help page. */
export const HELP_TARGET = 'help';

/** At the console: the value that leads to the page of the hand-over, and begins one. */
export const HAND_OVER_TARGET = 'hand-over';

/** The value that leads to the page that reads a document. */
export const DOCUMENT_TARGET = 'document';

/** The value that leads to the first page. */
export const START_TARGET = 'start';

/** The hidden field with the hash of the consent text that the page shows. */
export const CONSENT_FIELD = 'consent';

/** The field in which the script posts whether the customer has changed the form: `1` or `0`. */
export const TOUCHED_FIELD = 'touched';
