import { expect, test } from 'vitest';
import { getStore } from '../../store/store.ts';
import { createCase } from '../../store/test-people.ts';
import { setUpTestStore } from '../../store/test-store.ts';
import { joinHandoverByCode, joinHandoverByLink } from './join-handover.ts';

setUpTestStore({ LIMIT_CODES_PER_ADDRESS: '2' });

async function createHandover() {
  const caseRecord = await createCase();
  const { handovers } = await getStore();
  await handovers.create(caseRecord.id);
  const { token = '', code = '', id = '' } = (await handovers.findLatest(caseRecord.id)) ?? {};
  return { caseRecord, token, code, listDevices: () => handovers.listDevices(id) };
}
let addressCount = 0;
const join = (code: string, previousToken?: string, clientIp = `203.0.113.${++addressCount}`) =>
  joinHandoverByCode(code, { previousToken, clientIp });

test('a device waits once at a hand-over, by its code or by its link', async () => {
  const { code, token, listDevices } = await createHandover();
  const first = await join(code.toLowerCase());
  const deviceToken = first.kind === 'joined' ? first.token : undefined;
  expect(deviceToken).toEqual(expect.any(String));
  expect(await join(code, deviceToken)).toEqual({ kind: 'joined', token: undefined });
  expect(await joinHandoverByLink(token, deviceToken)).toEqual({ kind: 'joined', token: undefined, lang: 'es' });
  expect(await listDevices()).toHaveLength(1);
});

test('a device that waits at one hand-over gets another token for the next one', async () => {
  const [first, second] = [await createHandover(), await createHandover()];
  const result = await join(first.code);
  const previousToken = result.kind === 'joined' ? result.token : undefined;
  expect(await join(second.code, previousToken)).toEqual({ kind: 'joined', token: expect.any(String) });
});

test('no more than five devices wait at a hand-over', async () => {
  const { code, token } = await createHandover();
  for (const _device of [1, 2, 3, 4, 5]) expect(await join(code)).toMatchObject({ kind: 'joined' });
  expect(await join(code)).toEqual({ kind: 'full' });
  expect(await joinHandoverByLink(token, undefined)).toEqual({ kind: 'gone' });
});

test('wrong codes are limited by address; a right code still works', async () => {
  const kinds = [];
  for (const _attempt of [1, 2, 3]) kinds.push((await join('AAAA-AAAA', undefined, '198.51.100.1')).kind);
  expect(kinds).toEqual(['gone', 'gone', 'limited']);
  const { code } = await createHandover();
  expect(await join(code, undefined, '198.51.100.1')).toMatchObject({ kind: 'joined' });
});

test('a link without a token, with a wrong one, or of a stopped hand-over leads nowhere', async () => {
  const { caseRecord, token } = await createHandover();
  await (await getStore()).handovers.stop(caseRecord.id);
  for (const linkToken of ['', 'wrong', token])
    expect(await joinHandoverByLink(linkToken, undefined)).toEqual({ kind: 'gone' });
});
