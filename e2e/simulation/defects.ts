import type { Defect } from './defects/defect.ts';
import { LEDGER_DEFECTS } from './defects/ledger.ts';
import { PHONES_DEFECTS } from './defects/phones.ts';
import { RECONCILING_DEFECTS } from './defects/reconciling.ts';
import { RETENTION_DEFECTS } from './defects/retention.ts';
import { SENDING_DEFECTS } from './defects/sending.ts';

export type { Defect, Edit } from './defects/defect.ts';

/** Each of these must be found by the simulation. */
export const DEFECTS: readonly Defect[] = [
  ...SENDING_DEFECTS,
  ...LEDGER_DEFECTS,
  ...PHONES_DEFECTS,
  ...RECONCILING_DEFECTS,
  ...RETENTION_DEFECTS,
];
