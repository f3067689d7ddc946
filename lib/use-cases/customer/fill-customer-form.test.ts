import { expect, test, vi } from 'vitest';
import { STAMP_FIELD, writeStamp } from '../../domain/form-stamp.ts';
import { createDraft, readDraft } from '../../store/test-people.ts';
import { setUpTestStore } from '../../store/test-store.ts';
import { fillCustomerForm, readPersonFields } from './fill-customer-form.ts';
import { createDraftFormMark, createTokenMark } from './form-check.ts';

const brand = vi.hoisted(() => ({ documents: ['curp'] }));
vi.mock('../../config/brand/brand.ts', async (importOriginal) => {
  const { getBrand } = await importOriginal<typeof import('../../config/brand/brand.ts')>();
  return { getBrand: () => ({ ...getBrand(), ...brand }) };
});

setUpTestStore({ LIMIT_DRAFTS_PER_ADDRESS: '1' });

function createForm(subject: string, values: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries({ [STAMP_FIELD]: writeStamp(subject), ...values })) form.set(name, value);
  return form;
}
const fill = (draftToken: string | undefined, form: FormData, clientIp = '203.0.113.1') =>
  fillCustomerForm({ draftToken, clientIp }, form);

test('only named values are read', () => {
  expect(readPersonFields(createForm('d', { firstName: 'MARIA', lastName: '', phoneNumber: '1', x: '2' }))).toEqual({
    firstName: 'MARIA',
  });
});

test('a document fills the draft of this browser', async () => {
  const { token } = await createDraft();
  const result = await fill(token, createForm(createTokenMark(token), { firstName: 'MARIA' }));
  expect(result).toEqual({ kind: 'filled', token, fields: ['firstName'] });
  expect((await readDraft(token)).content.filled).toEqual({ firstName: { source: 'document', text: 'MARIA' } });
});

test('a page of another application fills nothing', async () => {
  const [own, other] = [await createDraft(), await createDraft()];
  expect(await fill(own.token, createForm(createTokenMark(other.token), { firstName: 'MARIA' }))).toEqual({
    kind: 'another',
  });
});

test('a blank page begins a draft, and too many of an address are refused', async () => {
  const begin = () => fill(undefined, createForm(createDraftFormMark(undefined), { firstName: 'MARIA' }));
  expect(await begin()).toMatchObject({ kind: 'filled', token: expect.any(String) });
  expect(await begin()).toMatchObject({ kind: 'limited' });
});

test('a brand without documents fills nothing', async () => {
  brand.documents = [];
  const { token } = await createDraft();
  await fill(token, createForm(createTokenMark(token), { firstName: 'MARIA' }));
  expect((await readDraft(token)).content.filled).toBeUndefined();
});
