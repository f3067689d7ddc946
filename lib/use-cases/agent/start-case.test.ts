import { expect, test, vi } from 'vitest';
import { getStore } from '../../store/store.ts';
import { ana, ben, listActions, max, readCase, readDraft } from '../../store/test-people.ts';
import { setUpTestStore } from '../../store/test-store.ts';
import { readStartForm, startCaseForPhone } from './start-case.ts';

vi.mock('next/server', async () => (await import('../../http/test-next.ts')).nextServer);

setUpTestStore();

function createForm(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

const createInput = (phone: string) => ({
  phoneForm: { phoneCountry: '', phoneNumber: '55 1' },
  phone,
  lang: 'en' as const,
});

test('a valid form has the text as it was typed', () => {
  expect(readStartForm(createForm({ phoneNumber: '55 2120 6706', spoken: 'en' }))).toEqual({
    kind: 'valid',
    input: { phoneForm: { phoneCountry: '', phoneNumber: '55 2120 6706' }, lang: 'en' },
  });
});

test.each([
  ['no text', '', ''],
  ['too long a text', 'x'.repeat(200), 'x'.repeat(200)],
  ['a card number, which is not shown again', '4111 1111 1111 1111', ''],
])('%s is an error of the field', (_case, phoneNumber, shownText) => {
  const result = readStartForm(createForm({ phoneNumber, spoken: 'es' }));
  expect(result).toMatchObject({ kind: 'invalid', values: { phoneNumber: shownText } });
  expect(result).toMatchObject({ errors: { phoneNumber: expect.any(String) } });
});

test('a new case has a draft with the phone as it was typed, and the agent’s start in the audit', async () => {
  const { caseId } = await startCaseForPhone(ana, createInput('+525511110001'));
  const { customer, ...caseRecord } = await readCase(caseId);
  expect(caseRecord).toMatchObject({ shop: 'centro', agent: 'ana', isOpen: true });
  expect(customer).toMatchObject({ phone: '+525511110001', lang: 'en' });
  expect((await readDraft(customer.token)).content.typed).toEqual({
    identity: { input: { phoneCountry: '', phoneNumber: '55 1' }, errors: {} },
  });
  expect(await listActions({ id: caseId })).toEqual(['case.start']);
});

test('the open case of a phone is continued within the shop, and not by another shop', async () => {
  const { caseId } = await startCaseForPhone(ana, createInput('+525511110002'));
  expect(await startCaseForPhone(ben, createInput('+525511110002'))).toEqual({ caseId });
  expect((await startCaseForPhone(max, createInput('+525511110002'))).caseId).not.toBe(caseId);
  await (await getStore()).cases.close({ id: caseId });
  expect((await startCaseForPhone(ben, createInput('+525511110002'))).caseId).not.toBe(caseId);
});
