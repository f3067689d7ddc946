import type { messages } from './journey-page.ts';

/** Lists the errors of an identity page that was posted blank, in the order of the page. */
export const listBlankIdentityErrors = ({ errors }: (typeof messages)['en']): string[] => [
  errors.firstName.required,
  errors.lastName.required,
  errors.dob.required,
  errors.phoneNumber.required,
];
