import 'server-only';
import type { CaseAccess } from '../../auth/agent-authorization.ts';
import { getStore } from '../../store/store.ts';
import { runCaseAction } from './run-case-action.ts';

/** Creates a hand-over of the case to its customer's device. */
export const startHandover = (access: CaseAccess) =>
  runCaseAction(access, 'case.handOver', {}, async () => (await getStore()).handovers.create(access.caseRecord.id));

/** Hands the case over to the device whose digits the customer has read out. No other device gets access. */
export const confirmHandoverDevice = (access: CaseAccess, deviceId: string) =>
  runCaseAction(access, 'case.confirm', {}, async () =>
    (await getStore()).handovers.confirm(access.caseRecord.id, deviceId),
  );

/** Takes the case back: its link and code no longer work, and the customer's device loses access. */
export const stopHandover = (access: CaseAccess) =>
  runCaseAction(access, 'case.stop', {}, async () => (await getStore()).handovers.stop(access.caseRecord.id));
