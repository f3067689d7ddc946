import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { SECOND_PERSON } from '../../e2e/support/second-person.ts';
import { withAgentTexts } from './agent-texts.ts';
import { toFlatMessages, withTexts } from './message-tree.ts';
import en from './messages/en.json' with { type: 'json' };
import es from './messages/es.json' with { type: 'json' };

const usted = JSON.parse(readFileSync('lib/i18n/messages/es-usted.json', 'utf8')) as Record<string, string>;

/** The texts that the console's pages show: not those of the customer's pages and of sentences to read aloud. */
function listConsoleTexts(messages: typeof en): [string, string][] {
  const { form, errors, assist, steps } = withAgentTexts(messages);
  const { identity, address, payment } = steps;
  const { addCardParams: _cardFields, card: _card, ...agentErrors } = errors;
  return [...toFlatMessages({ form, errors: agentErrors, assist, steps: { identity, address, payment } })];
}

const findMatches = (messages: typeof en, pattern: RegExp) =>
  listConsoleTexts(messages).flatMap(([key, text]) => (pattern.test(text) ? [`${key}: ${text}`] : []));

describe('no text of the console speaks to the customer', () => {
  test.each([
    ['es', es, SECOND_PERSON.es],
    ['en', en, SECOND_PERSON.en],
    ['es with usted', withTexts(es, usted), SECOND_PERSON.es],
  ] as const)('%s', (_name, messages, pattern) => {
    expect(findMatches(messages, pattern)).toEqual([]);
  });

  test('what calls the customer “su” in the polite form has a text of its own at the console', () => {
    const shownKeys = new Set(listConsoleTexts(es).map(([key]) => key));
    const agentTexts = toFlatMessages(es.assist.thirdPerson);
    const addressed = Object.entries(usted).filter(
      ([key, text]) => shownKeys.has(key) && !key.startsWith('assist.') && /(?<!\p{L})sus?(?!\p{L})/iu.test(text),
    );
    expect(addressed.map(([key]) => key).filter((key) => !agentTexts.has(key))).toEqual([]);
  });
});

test('each text in the third person replaces one that exists and differs from it', () => {
  for (const messages of [es, en]) {
    const texts = toFlatMessages(messages);
    for (const [key, text] of toFlatMessages(messages.assist.thirdPerson)) {
      expect(texts.has(key), key).toBe(true);
      expect(text, key).not.toBe(texts.get(key));
    }
  }
});
