import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { makeAuthority, makeSigner } from '../../../e2e/support/wallet/issuer-certificates.ts';
import { type PresentationOptions, presentDocument } from '../../../e2e/support/wallet/present-document.ts';
import { STAMP_FIELD } from '../../domain/form-stamp.ts';
import { WALLET_RESPONSE_FIELD } from '../../integrations/digital-credentials.ts';
import { createDraft, createPhone, createSavedSteps, readDraft } from '../../store/test-people.ts';
import { setUpTestStore } from '../../store/test-store.ts';
import { createDraftFormMark, createTokenMark } from './form-check.ts';
import { fillFromWallet, isWalletOffered, startWalletRequest } from './wallet-document.ts';

const logged: object[] = [];
vi.mock('../../observability/logger.ts', () => ({ log: (entry: object) => logged.push(entry) }));

const now = new Date();
const authority = await makeAuthority(now);
const signer = await makeSigner(authority, now);
const folder = mkdtempSync(join(tmpdir(), 'front-door-wallet-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'roots.pem');
writeFileSync(file, `${authority.certificate}`);
const brand = { name: 'Puente', documents: ['licence'], contact: { email: 'ayuda@puente.example' } };
const consent = { version: '2026-11', en: '{brand} shares your details.', es: '{brand} comparte tus datos.' };
const brandFile = join(folder, 'brand.json');
writeFileSync(brandFile, JSON.stringify({ ...brand, consent, walletId: true }));
setUpTestStore({ WALLET_ID_ROOTS_FILE: file, BRAND_FILE: brandFile });
beforeEach(() => {
  logged.length = 0;
});

const clientIp = '203.0.113.7';
const start = (draftToken?: string) => {
  const started = startWalletRequest({ draftToken, clientIp });
  if (!started) throw new Error('no request');
  return started;
};

/** Answers a request as the wallet and the browser do. */
async function answer(nonce: string, options: Partial<PresentationOptions> = {}): Promise<string> {
  return presentDocument({ signer, nonce, origin: 'http://localhost:3000', now, ...options });
}

function createForm(response: string, draftToken?: string): FormData {
  const form = new FormData();
  form.set(WALLET_RESPONSE_FIELD, response);
  const subject = draftToken === undefined ? createDraftFormMark(undefined) : createTokenMark(draftToken);
  form.set(STAMP_FIELD, `${subject}.-`);
  return form;
}

test('a wallet is offered where the brand wants it and an issuer is trusted', () => {
  expect(isWalletOffered()).toBe(true);
});

test('fills the forms of a new application, with the wallet as the source', async () => {
  const { request, sealed } = start();
  const form = createForm(await answer(request.nonce));
  const result = await fillFromWallet({ draftToken: undefined, clientIp }, sealed, form);
  expect(result).toMatchObject({ kind: 'filled', fields: expect.arrayContaining(['firstName', 'dob.year']) });
  const { content } = await readDraft(result.kind === 'filled' ? (result.token ?? '') : '');
  expect(content.typed?.identity?.input).toMatchObject({
    firstName: 'Maria Elena',
    lastName: 'Garcia Lopez',
    dob: { day: '24', month: '06', year: '1987' },
    gender: 'Female',
  });
  expect(content.filled?.['firstName']).toEqual({ source: 'wallet', text: 'Maria Elena' });
});

test('a request is answered once', async () => {
  const { request, sealed } = start();
  const device = { draftToken: undefined, clientIp };
  const response = await answer(request.nonce);
  expect((await fillFromWallet(device, sealed, createForm(response))).kind).toBe('filled');
  expect(await fillFromWallet(device, sealed, createForm(response))).toEqual({ kind: 'refused' });
  expect(logged.at(-1)).toEqual({ event: 'wallet.refused', cause: 'replayed' });
});

test('a refused response uses its request up', async () => {
  const { request, sealed } = start();
  const device = { draftToken: undefined, clientIp };
  expect(await fillFromWallet(device, sealed, createForm('{}'))).toEqual({ kind: 'refused' });
  expect(logged).toEqual([{ event: 'wallet.refused', cause: 'malformed' }]);
  const response = await answer(request.nonce);
  expect(await fillFromWallet(device, sealed, createForm(response))).toEqual({ kind: 'refused' });
});

test.each<[string, string, (nonce: string) => Promise<string>]>([
  ['another nonce', 'device-signature', () => answer('another')],
  ['another origin', 'device-signature', (nonce) => answer(nonce, { origin: 'https://evil.example.com' })],
  [
    'an issuer that we do not trust',
    'issuer-unknown',
    async (nonce) => answer(nonce, { signer: await makeSigner(await makeAuthority(now), now) }),
  ],
])('a response with %s is refused and logged without its content', async (_name, cause, respond) => {
  const { request, sealed } = start();
  const form = createForm(await respond(request.nonce));
  expect(await fillFromWallet({ draftToken: undefined, clientIp }, sealed, form)).toEqual({ kind: 'refused' });
  expect(logged).toEqual([{ event: 'wallet.refused', cause }]);
});

test('a request belongs to the browser and the application that it was made for', async () => {
  const { token } = await createDraft({ steps: createSavedSteps(createPhone()) });
  const { request, sealed } = start(token);
  const response = await answer(request.nonce);
  const device = { draftToken: undefined, clientIp };
  for (const [otherDevice, otherSealed] of [
    [device, sealed],
    [{ draftToken: token, clientIp }, undefined],
  ] as const) {
    const result = await fillFromWallet(otherDevice, otherSealed, createForm(response));
    expect([result, logged.at(-1)]).toEqual([{ kind: 'refused' }, { event: 'wallet.refused', cause: 'session' }]);
  }
  expect((await fillFromWallet({ draftToken: token, clientIp }, sealed, createForm(response, token))).kind).toBe(
    'filled',
  );
});

test('what the customer typed stays where the document says nothing', async () => {
  const identity = { input: { firstName: 'MARIA ELENA', phoneNumber: '55 1234 0001' }, errors: {} };
  const { token } = await createDraft({ steps: {}, typed: { identity } });
  const { request, sealed } = start(token);
  const form = createForm(await answer(request.nonce), token);
  await fillFromWallet({ draftToken: token, clientIp }, sealed, form);
  expect((await readDraft(token)).content.typed?.identity?.input).toMatchObject({
    firstName: 'MARIA ELENA',
    lastName: 'Garcia Lopez',
    phoneNumber: '55 1234 0001',
  });
});
