import { describe, expect, test } from 'vitest';
import type { Locale } from '../locale.ts';
import { toCsv } from './csv.ts';
import type { JourneyEvent } from './journey-events.ts';
import { groupJourneys } from './journey-history.ts';
import { buildFunnel, countInvalidFields } from './statistics.ts';

const START = Date.parse('2026-11-02T15:00:00Z');

/** `journey seconds kind step/fields lang shop agent`, one event a line. */
function parseEvents(text: string): JourneyEvent[] {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [journey = '', seconds, kind, where = '-', lang = 'es', shop, agent] = line.trim().split(' ');
      const [step = '-', fields] = where.split('/');
      return {
        journey,
        at: new Date(START + Number(seconds) * 1_000),
        kind: kind as JourneyEvent['kind'],
        step: step === '-' ? null : step,
        fields: fields?.split('+') ?? [],
        lang: lang as Locale,
        shop: shop ?? null,
        agent: agent ?? null,
      };
    });
}

const day = parseEvents(`
  a 0 begun - es centro ana
  a 40 invalid identity/dob.day+phoneNumber es centro ana
  a 50 taken identity es centro ana
  a 80 taken address es centro ana
  a 90 taken payment es centro ana
  a 100 delivered - es centro ana
  a 130 delivered - es centro ana
  b 0 invalid identity/email en
  b 10 taken identity en
  b 20 invalid address/zipCode en
  c 0 begun - es norte carla
  c 20 taken identity es norte carla
  c 30 taken address es norte carla
  c 300 taken payment es
  c 400 delivered - es
`);

test('the funnel counts how many journeys got to each stage', async () => {
  const [all] = buildFunnel(await groupJourneys(day), 'all');
  expect(all?.stages).toEqual({ begun: 3, identity: 3, address: 2, payment: 2, delivered: 2 });
  expect(all).toMatchObject({ name: '', median: 400, ninthDecile: 400 });
});

test('it is parted by shop, agent, language, and assisted or self', async () => {
  const journeys = await groupJourneys(day);
  const getCounts = (dimension: Parameters<typeof buildFunnel>[1]) =>
    Object.fromEntries(buildFunnel(journeys, dimension).map(({ name, stages }) => [name, stages.begun]));
  expect(getCounts('shop')).toEqual({ centro: 1, norte: 1, '': 1 });
  expect(getCounts('agent')).toEqual({ ana: 1, carla: 1, '': 1 });
  expect(getCounts('lang')).toEqual({ es: 2, en: 1 });
  // A customer who continues alone after help counts as assisted.
  expect(getCounts('mode')).toEqual({ assisted: 2, self: 1 });
  expect(buildFunnel(journeys, 'shop').find(({ name }) => name === 'centro')).toMatchObject({ median: 100 });
});

test('an error is fixed when its step is completed afterwards, and abandoned otherwise', async () => {
  expect(countInvalidFields(await groupJourneys(day))).toEqual([
    { field: 'dob.day', fixed: 1, abandoned: 0 },
    { field: 'email', fixed: 1, abandoned: 0 },
    { field: 'phoneNumber', fixed: 1, abandoned: 0 },
    { field: 'zipCode', fixed: 0, abandoned: 1 },
  ]);
});

test('nothing makes no figures', async () => {
  const journeys = await groupJourneys([]);
  expect([buildFunnel(journeys, 'shop'), countInvalidFields(journeys)]).toEqual([[], []]);
});

describe('CSV', () => {
  test('quotes what needs it, and no cell is a formula', () => {
    expect(
      toCsv([
        ['shop', 'begun'],
        ['a "b", c', 3],
        ['=1+1', undefined],
      ]),
    ).toBe('shop,begun\r\n"a ""b"", c",3\r\n\'=1+1,\r\n');
  });

  test.each(['=', '+', '-', '@', '\t', '\r', '\0'])('a text that begins with %j gets an apostrophe', (sign) => {
    expect(toCsv([[`${sign}1`, `1${sign}1`]]).replaceAll('"', '')).toBe(`'${sign}1,1${sign}1\r\n`);
  });

  test('a number stays a number', () => {
    expect(toCsv([[-1]])).toBe('-1\r\n');
  });
});
