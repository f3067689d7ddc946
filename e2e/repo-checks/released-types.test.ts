import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  findBreakingChanges,
  isSameRange,
  PACKAGES,
  type PackageName,
  readManifest,
  readReleasedVersion,
} from './released-types.ts';

type Change = readonly [file: string, before: string, after: string];

/** Plants changes in the sources of a package. @returns the exports that they break */
function plantChanges(name: PackageName, changes: readonly Change[]): string[] {
  const changed: Record<string, string> = {};
  for (const [file, before, after] of changes) {
    const text = changed[file] ?? readFileSync(file, 'utf8');
    if (!text.includes(before)) throw new Error(`${file} has no ${before}`);
    changed[file] = text.replace(before, after);
  }
  const exported = findBreakingChanges(name, changed).map((problem) => problem.split(':')[0] ?? '');
  return [...new Set(exported)].toSorted();
}

test.each(PACKAGES)('what uses the released version of packages/%s compiles with the present one', (name) => {
  const released = readReleasedVersion(name);
  if (!released) throw new Error('Run `npm run released-types`');
  if (isSameRange(released, readManifest(name).version)) expect(findBreakingChanges(name)).toEqual([]);
});

test.each([
  ['0.1.0', '0.1.7', true],
  ['0.1.0', '0.2.0', false],
  ['0.9.1', '1.0.0', false],
  ['1.0.0', '1.12.3', true],
  ['1.0.0', '10.0.0', false],
] as const)('after %s, %s must fit: %s', (last, next, isSame) => expect(isSameRange(last, next)).toBe(isSame));

const [LINK, STATUS, TYPES, INDEX] = [
  'packages/partner/src/create-partner-link.ts',
  'packages/partner/src/read-application-status.ts',
  'packages/partner/src/application-types.ts',
  'packages/partner/src/index.ts',
] as const;

test.each<[string, string[], Change[]]>([
  ['a function that is no longer exported', ['createPartnerToken'], [[INDEX, '  createPartnerToken,\n', '']]],
  ['a type that is no longer exported', ['ApplicationState'], [[INDEX, 'ApplicationState, ', '']]],
  ['an option that is gone', ['PartnerLinkContent'], [[LINK, '  returnUrl?: string;', '']]],
  [
    'a narrower option, and a member that is now required, of every function that takes it',
    ['createPartnerLink', 'createPartnerToken', 'readApplicationStatus'],
    [
      [LINK, "lang?: 'en' | 'es'", "lang?: 'es'"],
      [STATUS, 'signal?: AbortSignal', 'signal: AbortSignal'],
    ],
  ],
  ['a result that is wider', ['verifyWebhook'], [[TYPES, "'delivered' | 'refused'", "'delivered' | 'parked'"]]],
  ['a member of an error that is gone', ['ApplicationStatusError'], [[STATUS, 'readonly retryAfterSeconds', '#after']]],
])('packages/partner: %s', (_, broken, changes) => expect(plantChanges('partner', changes)).toEqual(broken));

const [FIXTURES, FRONT_DOOR, JOURNEY] = [
  'packages/testing/src/fixtures.ts',
  'packages/testing/src/front-door.ts',
  'e2e/support/pages/journey-page.ts',
] as const;

test.each<[string, string[], Change[]]>([
  ['a fixture that is gone', ['test'], [[FIXTURES, '  vgs: ReturnType<typeof createControl>;\n', '']]],
  ['a method with another name', ['JourneyPage', 'test'], [[JOURNEY, 'async searchAddress', 'async findAddress']]],
  [
    'a method that takes less',
    ['JourneyPage', 'test'],
    [[JOURNEY, 'goToCard(phone: string)', "goToCard(phone: '' | '+52')"]],
  ],
  ['an option that is gone', ['FrontDoorOptions'], [[FRONT_DOOR, '  env?: Record<string, string>;\n', '']]],
])('packages/testing: %s', (_, broken, changes) => expect(plantChanges('testing', changes)).toEqual(broken));

test('packages/partner: optional members, arguments and further exports break nothing', () => {
  const changes: Change[] = [
    [LINK, '  returnUrl?: string;', '  returnUrl?: string;\n  theme?: string;'],
    [LINK, 'keys: PartnerLinkKeys', 'keys: PartnerLinkKeys, lifetimeSeconds?: number'],
    [STATUS, 'readonly status: number;', 'readonly status: number;\n  readonly detail?: string;\n  #cause = 1;'],
    [TYPES, '  updatedAt: string;', '  updatedAt: string;\n  endedAt: string;'],
    [INDEX, 'WebhookError,', 'WebhookError, verifyWebhook as verifyEvent,'],
  ];
  expect(plantChanges('partner', changes)).toEqual([]);
});

test('packages/testing: further fixtures, methods, options and other texts break nothing', () => {
  const changes: Change[] = [
    [FIXTURES, '  webhooks: WebhookInbox;', '  webhooks: WebhookInbox;\n  idp: string;'],
    [FRONT_DOOR, '  folder?: string;', '  folder?: string;\n  image?: string;'],
    [JOURNEY, '  async submit()', '  async stop(): Promise<void> {}\n\n  async submit()'],
    ['lib/i18n/messages/en.json', '"begin":', '"start":'],
  ];
  expect(plantChanges('testing', changes)).toEqual([]);
});
