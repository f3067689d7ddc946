import type { Scenario } from '../scenario.ts';
import { asyncFailovers } from './async-failovers.ts';
import { diskFull } from './disk-full.ts';
import { distance } from './distance.ts';
import { pgbouncer } from './pgbouncer.ts';
import { readOnly } from './read-only.ts';
import { restarts } from './restarts.ts';
import { serializable } from './serializable.ts';
import { silentDatabase } from './silent-database.ts';
import { stalledClaims } from './stalled-claims.ts';
import { syncFailovers } from './sync-failovers.ts';

export const SCENARIOS: readonly Scenario[] = [
  restarts,
  syncFailovers,
  asyncFailovers,
  silentDatabase,
  stalledClaims,
  diskFull,
  readOnly,
  pgbouncer,
  distance,
  serializable,
];
