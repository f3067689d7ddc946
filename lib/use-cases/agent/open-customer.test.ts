import { expect, test, vi } from 'vitest';
import { getStore } from '../../store/store.ts';
import { ana, createCase, createPhone, max } from '../../store/test-people.ts';
import { setUpTestStore } from '../../store/test-store.ts';
import { openCustomer, openCustomerOfForm } from './open-customer.ts';

vi.mock('next/server', async () => (await import('../../http/test-next.ts')).nextServer);

setUpTestStore();

const open = (text: string, { session = ana, isNew = false } = {}) =>
  openCustomer(session, { phoneForm: { phoneCountry: '', phoneNumber: text }, lang: 'en' }, isNew);

async function createNamedCase(name: string) {
  const caseRecord = await createCase();
  await (await getStore()).cases.updateCustomer(caseRecord, { ...caseRecord.customer, name });
  return caseRecord.id;
}

test('a phone starts a case, and finds it the next time', async () => {
  const phone = createPhone();
  const started = await open(phone);
  expect(started).toMatchObject({ kind: 'case' });
  expect(await open(phone)).toEqual(started);
  expect(await open(phone, { isNew: true })).toEqual(started);
});

test('a name opens the only case of the shop that matches', async () => {
  const caseId = await createNamedCase('Ximena Quiroga');
  expect(await open('quiróga')).toEqual({ kind: 'case', caseId });
  expect(await open('quiroga', { session: max })).toEqual({ kind: 'invalid', error: 'customer.none' });
  await createNamedCase('Pedro Quiroga');
  expect(await open('quiroga')).toEqual({ kind: 'invalid', error: 'customer.many' });
  expect(await open('Quiroga', { isNew: true })).toEqual({ kind: 'invalid', error: 'phoneNumber.format' });
});

test('digits that match no phone and are none are an error of the phone', async () => {
  expect(await open('99')).toEqual({ kind: 'invalid', error: 'phoneNumber.format' });
});

test('a code takes over the customer who asks for help, also one of letters alone that is no name in the list', async () => {
  const { drafts, helpRequests } = await getStore();
  const helpToken = await helpRequests.create(await drafts.create({ steps: {} }), 'es');
  const code = (await helpRequests.find(helpToken))?.code ?? '';
  expect(await open(code)).toMatchObject({ kind: 'claimed', requestId: expect.any(String) });
  expect(await open(code)).toEqual({ kind: 'invalid', error: 'customer.code' });
  expect(await open('ZZZZ ZZZZ')).toEqual({ kind: 'invalid', error: 'customer.code' });
  const caseId = await createNamedCase('Fernanda');
  expect(await open('fernanda')).toEqual({ kind: 'case', caseId });
});

test('the form opens a customer, or returns its texts with the error', async () => {
  const caseId = await createNamedCase('Zulema Ortega');
  const openForm = (phoneNumber: string, isNew = false) => {
    const form = new FormData();
    for (const [name, text] of Object.entries({ phoneNumber, spoken: 'en', ...(isNew && { new: 'yes' }) }))
      form.set(name, text);
    return openCustomerOfForm(ana, form);
  };
  expect(await openForm('Zulema')).toEqual({ kind: 'case', caseId });
  expect(await openForm('Zulema', true)).toMatchObject({ errors: { phoneNumber: 'phoneNumber.format' } });
  expect(await openForm('Nobody At All')).toEqual({
    kind: 'invalid',
    values: { phoneCountry: '', phoneNumber: 'Nobody At All', spoken: 'en' },
    errors: { phoneNumber: 'customer.none' },
  });
  expect(await openForm('4111 1111 1111 1111')).toMatchObject({ kind: 'invalid', values: { phoneNumber: '' } });
});
