import { expect, test, vi } from 'vitest';
import { getStore } from '../../store/store.ts';
import { ana, createCase, listActions, max, readDraft } from '../../store/test-people.ts';
import { setUpTestStore } from '../../store/test-store.ts';
import { fillCaseForm } from './fill-case-form.ts';

vi.mock('../../config/brand/brand.ts', async (importOriginal) => {
  const { getBrand } = await importOriginal<typeof import('../../config/brand/brand.ts')>();
  return { getBrand: () => ({ ...getBrand(), documents: ['curp'] }) };
});

setUpTestStore();

function createForm(values: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.set(name, value);
  return form;
}
const FORM = createForm({ firstName: 'MARIA', dob: '1987-06-24' });
const readFilled = async (token: string) => (await readDraft(token)).content.filled;

test('the document fills the case, and the audit names the fields and the agent', async () => {
  const { id, customer } = await createCase();
  await fillCaseForm(ana, id, FORM);
  expect(await readFilled(customer.token)).toMatchObject({ firstName: { source: 'document', text: 'MARIA' } });
  const [entry] = await (await getStore()).audit.listByCase(id);
  expect(entry).toMatchObject({
    actor: ana.subject,
    action: 'case.fill',
    fields: ['firstName', 'dob.day', 'dob.month', 'dob.year'],
    source: 'agent',
  });
});

test('an agent of another shop fills nothing, and the denial is recorded', async () => {
  const { id, customer } = await createCase();
  await fillCaseForm(max, id, FORM);
  expect(await readFilled(customer.token)).toBeUndefined();
  expect(await listActions({ id })).toEqual(['refused.case.fill']);
});

test('nothing is filled of a closed case, or with a document that says nothing', async () => {
  const { id, customer } = await createCase();
  await fillCaseForm(ana, id, createForm({}));
  await (await getStore()).cases.close({ id });
  await fillCaseForm(ana, id, FORM);
  expect(await readFilled(customer.token)).toBeUndefined();
  expect(await listActions({ id })).toEqual([]);
});
