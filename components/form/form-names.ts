/** The step's form on the page: buttons that stand elsewhere name it. */
export const STEP_FORM_ID = 'step-form';

/** The button that posts a form as it is and goes on in the language that is its value. */
export const SWITCH_TO = 'switchTo';

/** The hidden field that tells which errors the page shows. */
export const SHOWN_ERRORS = 'shownErrors';

/** The hidden field that tells, by its hash, which words the customer agrees to. */
export const CONSENT = 'consent';
