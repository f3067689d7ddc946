import 'server-only';
import { recordCustomerAction } from '../../auth/agent-audit.ts';
import type { FormStamp } from '../../domain/form-stamp.ts';
import type { StepId } from '../../domain/steps/index.ts';
import type { Case } from '../../store/cases.ts';
import { getStore } from '../../store/store.ts';
import { findFirstOpenStep } from './find-first-open-step.ts';
import { checkForm, checkTokenForm } from './form-check.ts';

type EnterCaseResult =
  | { kind: 'entered'; token: string; next: StepId | 'review' }
  /** Another tab of this device has entered the case. */
  | { kind: 'entered-before' }
  /** The form belongs to another hand-over, or the agent has not confirmed this device. */
  | { kind: 'waiting' };

/**
 * Lets a device that the agent has confirmed into its case.
 *
 * @param token of the hand-over in the device's cookie
 * @param deviceCase the case that the device has already
 */
export async function enterConfirmedCase(
  token: string | undefined,
  deviceCase: Case | undefined,
  stamp: FormStamp | undefined,
): Promise<EnterCaseResult> {
  // A hand-over opened in another tab has digits of its own.
  if (checkTokenForm(stamp, token) === 'another') return { kind: 'waiting' };
  const { handovers, cases, drafts } = await getStore();
  const device = token === undefined ? undefined : await handovers.findDevice(token);
  const confirmedCase = device?.state === 'confirmed' ? await cases.findById(device.caseId) : undefined;
  if (token === undefined || !confirmedCase) return { kind: deviceCase ? 'entered-before' : 'waiting' };
  await recordCustomerAction(confirmedCase, 'case.opened');
  const draft = await drafts.find(confirmedCase.customer.token);
  return { kind: 'entered', token, next: findFirstOpenStep(draft?.content) };
}

type LeaveCaseResult = { kind: 'left'; draftToken: string } | { kind: 'no-case' } | { kind: 'another' };

/** Ends the hand-over and closes the case: the customer continues alone, and the draft stays on this device. */
export async function leaveCase(
  { draftToken, deviceCase }: { draftToken: string | undefined; deviceCase: Case | undefined },
  stamp: FormStamp | undefined,
): Promise<LeaveCaseResult> {
  if ((await checkForm(stamp, draftToken)) !== 'current') return { kind: 'another' };
  if (!deviceCase) return { kind: 'no-case' };
  const { handovers, cases } = await getStore();
  await recordCustomerAction(deviceCase, 'case.left');
  await handovers.stop(deviceCase.id);
  await cases.close(deviceCase);
  return { kind: 'left', draftToken: deviceCase.customer.token };
}
