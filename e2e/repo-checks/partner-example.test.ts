import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { runInNewContext } from 'node:vm';
import { Webhook } from 'standardwebhooks';
import { expect, onTestFinished, test } from 'vitest';
import { findFreePort } from '../support/processes.ts';

const FOLDER = 'e2e/partner-examples';
const readExample = (file: string) => readFileSync(`${FOLDER}/${file}`, 'utf8');

test.each(['link.mjs', 'receiver.mjs'])('docs/partners.md prints %s, which a test runs', (file) => {
  expect(readFileSync('docs/partners.md', 'utf8')).toContain(`\`\`\`js\n${readExample(file)}\`\`\`\n`);
});

/** Returns the claims of an example after `lang`, the first one that depends on neither time nor app. All notations are JavaScript's. */
function readClaims(file: string): unknown {
  const [claims] = /"?lang"?: .*?(?=,?\s*\}(?:\)|"""|\n\w))/s.exec(readExample(file)) ?? [];
  return JSON.parse(JSON.stringify(runInNewContext(`({ ${claims} })`)));
}

test.each(['link.py', 'Link.java'])('%s has the claims of link.mjs', (file) => {
  const claims = readClaims('link.mjs');
  expect(claims).toMatchObject({ answers: { firstName: 'Maria' }, reference: 'order-2026-17' });
  expect(readClaims(file)).toEqual(claims);
});

test('receiver.mjs accepts an event that the secret signed, refuses another, and shows a page for the return', async () => {
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  const origin = `http://127.0.0.1:${await findFreePort()}`;
  const env = { ...process.env, WEBHOOK_SECRET: secret, PORT: new URL(origin).port };
  const receiver = spawn(process.execPath, [`${FOLDER}/receiver.mjs`], { env });
  onTestFinished(() => void receiver.kill());
  let printed = '';
  receiver.stdout.on('data', (bytes) => {
    printed += bytes;
  });
  const read = async (path: string) => (await fetch(origin + path)).text();
  await expect.poll(() => read('/?status=stopped').catch(() => ''), { timeout: 20_000 }).toContain('return_url');

  const body = '{"type":"application.started"}';
  const post = async (signer: string) => {
    const time = new Date();
    const headers = {
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(Math.floor(time.getTime() / 1_000)),
      'webhook-signature': new Webhook(signer).sign('msg_1', time, body),
    };
    return (await fetch(`${origin}/hooks`, { method: 'POST', headers, body })).status;
  };
  expect(await post(`whsec_${randomBytes(32).toString('base64')}`)).toBe(401);
  // A stranger who leaves in the middle of a request does not end the receiver.
  const socket = connect(Number(env.PORT), '127.0.0.1', () => {
    socket.end('POST /hooks HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\n{}', () => socket.destroy());
  });
  await once(socket, 'close');
  expect(await post(secret)).toBe(204);
  expect(printed.split('\n')).toContain('GET /?status=stopped');
  expect(printed.split('\n').filter((line) => line.includes('application.started'))).toEqual([
    'msg_1 application.started',
  ]);
}, 30_000);
