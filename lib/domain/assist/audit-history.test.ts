import { expect, test } from 'vitest';
import type { AuditEntry } from './audit.ts';
import { buildHistory } from './audit-history.ts';

const createEntry = (at: string, changes: Partial<AuditEntry> = {}): AuditEntry => ({
  at: `2026-11-27T${at}.000Z`,
  actor: 'ana',
  actorName: 'Ana Torres',
  role: 'agent',
  shop: 'centro',
  device: 'x',
  action: 'case.read',
  caseId: 'c',
  fields: [],
  source: undefined,
  ...changes,
});

test('a look that left two entries is one act with the fields of both, and the newest act comes first', () => {
  const acts = buildHistory([
    createEntry('10:00:00', { action: 'case.start' }),
    createEntry('10:00:01'),
    createEntry('10:00:02', { fields: ['firstName', 'dob.day'] }),
    createEntry('10:00:30', { fields: ['firstName', 'zipCode'] }),
  ]);
  expect(acts.map(({ at, action, fields }) => [at.slice(11, 19), action, fields])).toEqual([
    ['10:00:01', 'case.read', ['firstName', 'dob.day', 'zipCode']],
    ['10:00:00', 'case.start', []],
  ]);
});

test('acts of another agent, another source or a later time stay apart', () => {
  const entries = [
    createEntry('10:00:00'),
    createEntry('10:00:10', { actor: 'beto' }),
    createEntry('10:00:20'),
    createEntry('10:01:30'),
    createEntry('10:01:40', { source: 'agent' }),
  ];
  expect(buildHistory(entries)).toHaveLength(5);
});
