import { spawnSync } from 'node:child_process';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import { buildSignedHeaders } from './signing-keys.ts';
import {
  SAMPLE_BODY as body,
  createPrivateKey,
  createSecret,
  getNowSeconds,
  parseTestKey as parse,
} from './test-keys.ts';

const REFUSED = 3;

type Delivery = { secret: string; body: string; headers: Record<string, string> };
type Library = {
  language: string;
  isInstalled: () => boolean;
  /** Returns the content of a delivery, or undefined when the library refuses it. */
  verify: (delivery: Delivery) => unknown;
};

const javaScript: Library = {
  language: 'JavaScript',
  isInstalled: () => true,
  verify: ({ secret, body, headers }) => {
    try {
      return new Webhook(secret).verify(body, headers);
    } catch (error) {
      if (error instanceof WebhookVerificationError) return undefined;
      throw error;
    }
  },
};

/** The package `standardwebhooks` of PyPI. */
const python = createLibrary({
  language: 'Python',
  command: ['python3', '-c'],
  load: 'import standardwebhooks',
  verify: `
import json, sys
from standardwebhooks import Webhook, WebhookVerificationError
delivery = json.load(sys.stdin)
try:
    print(json.dumps(Webhook(delivery["secret"]).verify(delivery["body"], delivery["headers"])))
except WebhookVerificationError:
    sys.exit(${REFUSED})
`,
});

/** The gem `standardwebhooks`. */
const ruby = createLibrary({
  language: 'Ruby',
  command: ['ruby', '-e'],
  load: 'require "standardwebhooks"',
  verify: `
require "json"
require "standardwebhooks"
delivery = JSON.parse($stdin.read.force_encoding("UTF-8"))
begin
  puts JSON.generate(StandardWebhooks::Webhook.new(delivery["secret"]).verify(delivery["body"], delivery["headers"]))
rescue StandardWebhooks::WebhookVerificationError
  exit ${REFUSED}
end
`,
});

type Program = { language: string; command: readonly [string, string]; load: string; verify: string };

function createLibrary({ language, command: [program, option], load, verify }: Program): Library {
  return {
    language,
    isInstalled: () => spawnSync(program, [option, load]).status === 0,
    verify: (delivery) => {
      const { status, stdout, stderr } = spawnSync(program, [option, verify], { input: JSON.stringify(delivery) });
      if (status === REFUSED) return undefined;
      if (status !== 0) throw new Error(String(stderr));
      return JSON.parse(String(stdout));
    },
  };
}

const secret = createSecret();
const message = { id: 'msg_a_1_crm', timestamp: getNowSeconds(), body };
const headers = buildSignedHeaders(message, [parse(secret)]);

// A library that is not installed is skipped, and the test's title names its language.
describe.each([javaScript, python, ruby])('the official library of $language', ({ isInstalled, verify }) => {
  const libraryTest = test.skipIf(!isInstalled());

  libraryTest('accepts a message', () => {
    expect(verify({ secret, body, headers })).toEqual(JSON.parse(body));
  });

  libraryTest('accepts it by the old secret and by the new one, while both sign', () => {
    const newSecret = createSecret();
    const both = buildSignedHeaders(message, [parse(secret), parse(newSecret), parse(createPrivateKey('seed').text)]);
    for (const known of [secret, newSecret])
      expect(verify({ secret: known, body, headers: both })).toEqual(JSON.parse(body));
  });

  libraryTest.each<[string, Partial<Delivery>]>([
    ['a changed body', { body: body.replace('started', 'refused') }],
    ['another id', { headers: { ...headers, 'webhook-id': 'msg_a_2_crm' } }],
    ['a foreign secret', { secret: createSecret() }],
    ['a signature of no scheme', { headers: { ...headers, 'webhook-signature': 'v2,AAAA' } }],
    [
      'an old timestamp',
      { headers: buildSignedHeaders({ ...message, timestamp: getNowSeconds() - 301 }, [parse(secret)]) },
    ],
    ['a timestamp that was not signed', { headers: { ...headers, 'webhook-timestamp': String(getNowSeconds() + 1) } }],
  ])('refuses %s', (_name, change) => {
    expect(verify({ secret, body, headers, ...change })).toBeUndefined();
  });
});
