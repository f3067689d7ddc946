import { globSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FORM_ROUTES } from '../support/pages/form-routes.ts';

/** Pages whose forms the walks without cookies and during a release do not post, each with the reason. */
const OTHER_ROUTES: Record<string, string> = {
  '/[...rest]': 'no form',
  '/assist/cases/[case]': 'redirects',
  '/assist/cases/[case]/document':
    'only with documents in the brand; posts to a route handler and leads to the form of identity',
  '/assist/cases/[case]/history': 'the bar of the console alone',
  '/assist/parked': 'needs a submission that needs review; no-cookies and deploy-during-journey post to it directly',
  '/assist/take-over/[request]': 'no form: the customer decides',
  '/cookies': 'no form',
  '/link-refused': 'no form',
  '/onboarding/card': 'its form is that of the other steps, and its fields are frames of the vault',
  '/onboarding/document':
    'only with documents in the brand; posts to a route handler and leads to the form of identity',
  '/preview': 'for the brand’s designers, and off in production',
  '/preview/[scene]': 'for the brand’s designers, and off in production',
};

test('each page is in a walk over the pages with a form, or is listed with a reason', () => {
  const routes = globSync('app/**/page.tsx').map((file) =>
    file.replace(/^app\/\([a-z]+\)\/\[locale\]/, '').replace(/\/page\.tsx$/, ''),
  );
  const walkedRoutes = new Set(Object.values(FORM_ROUTES).flat());
  expect(routes.toSorted()).toEqual([...walkedRoutes, ...Object.keys(OTHER_ROUTES)].toSorted());
});
