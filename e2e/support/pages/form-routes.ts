/** The routes with a form, below `/[locale]`, by the walk of `form-pages.ts` that posts their forms. */
export const FORM_ROUTES = {
  'the journey': ['', '/onboarding/[step]', '/onboarding/address', '/onboarding/outcome', '/onboarding/review'],
  'a hand-over': ['/assist/cases/[case]/hand-over', '/continue', '/onboarding/review'],
  'a request for help': ['/continue/help'],
  'the console': [
    '/assist',
    '/assist/cases/[case]/[step]',
    '/assist/cases/[case]/address',
    '/assist/figures',
    '/assist/locked',
    '/assist/sessions',
    '/assist/sign-in',
  ],
} as const satisfies Record<string, readonly string[]>;

export type FormWalk = keyof typeof FORM_ROUTES;

const toPattern = (route: string) => new RegExp(`^${route.replaceAll(/\[[a-z]+\]/g, '[^/]+')}$`);

/** Finds the route of a page's path. A route with a literal segment comes before one with a parameter there. */
export function findFormRoute(walk: FormWalk, path: string): string | undefined {
  const localPath = path.replace(/^\/(en|es)/, '');
  const matches = FORM_ROUTES[walk].filter((route) => toPattern(route).test(localPath));
  return matches.toSorted((a, b) => a.split('[').length - b.split('[').length)[0];
}
