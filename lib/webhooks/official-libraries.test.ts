import { spawnSync } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import { buildSignedHeaders, parseSigningKey, type SigningKey } from './signing-keys.ts';

const REFUSED = 3;

type Delivery = { secret: string; body: string; headers: Record<string, string> };
type Library = { language: string; isInstalled: () => boolean; accepts: (delivery: Delivery) => boolean };

const javaScript: Library = {
  language: 'JavaScript',
  isInstalled: () => true,
  accepts: ({ secret, body, headers }) => {
    try {
      new Webhook(secret).verify(body, headers);
      return true;
    } catch (error) {
      if (error instanceof WebhookVerificationError) return false;
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
    Webhook(delivery["secret"]).verify(delivery["body"], delivery["headers"])
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
  StandardWebhooks::Webhook.new(delivery["secret"]).verify(delivery["body"], delivery["headers"])
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
    accepts: (delivery) => {
      const { status, stderr } = spawnSync(program, [option, verify], { input: JSON.stringify(delivery) });
      if (status !== 0 && status !== REFUSED) throw new Error(String(stderr));
      return status === 0;
    },
  };
}

const nowSeconds = () => Math.floor(Date.now() / 1_000);
const createSecret = () => `whsec_${randomBytes(32).toString('base64')}`;
const createPrivateKey = () =>
  `whsk_${generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-32).toString('base64')}`;

function parse(text: string): SigningKey {
  const key = parseSigningKey(text);
  if (!key) throw new Error('not a key');
  return key;
}

const secret = createSecret();
const body = JSON.stringify({ type: 'application.started', data: { application: 'ñ-áé' } });
const message = { id: 'msg_a_1_crm', timestamp: nowSeconds(), body };
const headers = buildSignedHeaders(message, [parse(secret)]);

// A library that is not installed is skipped, and the test's title names its language.
describe.each([javaScript, python, ruby])('the official library of $language', ({ isInstalled, accepts }) => {
  const libraryTest = test.skipIf(!isInstalled());

  libraryTest('accepts a message', () => {
    expect(accepts({ secret, body, headers })).toBe(true);
  });

  libraryTest('accepts it by the old secret and by the new one, while both sign', () => {
    const newSecret = createSecret();
    const both = buildSignedHeaders(message, [parse(secret), parse(newSecret), parse(createPrivateKey())]);
    for (const known of [secret, newSecret]) expect(accepts({ secret: known, body, headers: both })).toBe(true);
  });

  libraryTest.each<[string, Partial<Delivery>]>([
    ['a changed body', { body: body.replace('started', 'refused') }],
    ['another id', { headers: { ...headers, 'webhook-id': 'msg_a_2_crm' } }],
    ['a foreign secret', { secret: createSecret() }],
    ['a signature of no scheme', { headers: { ...headers, 'webhook-signature': 'v2,AAAA' } }],
    [
      'an old timestamp',
      { headers: buildSignedHeaders({ ...message, timestamp: nowSeconds() - 301 }, [parse(secret)]) },
    ],
    ['a timestamp that was not signed', { headers: { ...headers, 'webhook-timestamp': String(nowSeconds() + 1) } }],
  ])('refuses %s', (_name, change) => {
    expect(accepts({ secret, body, headers, ...change })).toBe(false);
  });
});
