import type { CaseListItem } from '@/components/console/case-list';
import { addDays } from '@/lib/domain/day-span';
import { FUNNEL_STAGES, type FunnelGroup } from '@/lib/domain/statistics/statistics';
import type { NamedAct } from '@/lib/use-cases/agent/get-case-history';
import type { Statistics } from '@/lib/use-cases/agent/get-statistics';

export const sampleCustomer = { name: 'María García', phone: '+525521206706', lang: 'es' } as const;

/** Has the length of a hand-over's token, so that the QR code has its size. */
export const sampleToken = 'x'.repeat(43);

export const sampleCases: readonly CaseListItem[] = [
  { id: '1', href: '#', name: 'María García', phone: '+52 55 2120 6706', owner: 'Diana Vega', time: '27/11/26, 10:12' },
  { id: '2', href: '#', name: '', phone: '+52 55 1234 0917', owner: 'Ana Torres', time: '27/11/26, 10:05' },
  { id: '3', href: '#', name: 'Rosa Luna', phone: '', owner: 'Ana Torres', time: '27/11/26, 9:48' },
];

const createAct = (minute: number, actorName: string, action: string, fields: readonly string[] = []): NamedAct => ({
  at: `2026-11-27T16:${String(minute).padStart(2, '0')}:00.000Z`,
  actor: actorName === '' ? 'customer' : actorName,
  actorName,
  action,
  fields,
  source: fields.length > 0 ? 'agent' : undefined,
});

export const sampleActs: readonly NamedAct[] = [
  createAct(14, '', 'case.opened'),
  createAct(13, 'Ana Torres', 'case.handOver'),
  createAct(12, 'Beto Solís', 'refused.case.close'),
  createAct(10, 'Ana Torres', 'case.fill', [
    'firstName',
    'lastName',
    'dob.day',
    'dob.month',
    'dob.year',
    'phoneNumber',
  ]),
  createAct(9, 'Ana Torres', 'case.start', ['phoneNumber']),
];

/** Builds a group in which fewer journeys reach each stage. */
const createGroup = (name: string, beginCount: number, median: number): FunnelGroup => ({
  name,
  stages: Object.fromEntries(
    FUNNEL_STAGES.map((stage, index) => [stage, Math.round(beginCount * (1 - index / 8))]),
  ) as FunnelGroup['stages'],
  median,
  ninthDecile: median * 3,
});

export const sampleStatistics: Statistics = {
  from: '2026-11-21',
  to: '2026-11-27',
  by: 'agent',
  sort: 'begun',
  groups: [createGroup('ana', 48, 125), createGroup('beto', 31, 148), createGroup('carla', 1, 21)],
  wrong: [
    { field: 'phoneNumber', fixed: 9, abandoned: 2 },
    { field: 'dob.day', fixed: 4, abandoned: 1 },
  ],
  days: [12, 9, 15, 11, 8, 14, 11].map((begun, index) => ({
    day: addDays('2026-11-21', index),
    begun,
    delivered: Math.round(begun * 0.6),
  })),
  total: createGroup('', 80, 131),
  totalBefore: createGroup('', 71, 140),
  agentNames: new Map([
    ['ana', 'Ana Torres'],
    ['beto', 'Beto Solís'],
    ['carla', 'Carla Núñez'],
  ]),
};
