import type { AgentRole } from '../domain/assist/permissions.ts';
import type { FormInput } from '../domain/form-input.ts';
import type { SavedSteps } from '../domain/journey.ts';
import { sampleConsent, sampleInputs } from '../domain/sample-answers.ts';
import type { SessionLinkRequest } from '../domain/session-link-request.ts';
import type { StepId } from '../domain/steps/index.ts';
import type { AgentSession } from './agent-sessions.ts';
import type { Case } from './cases.ts';
import type { Draft, DraftContent } from './drafts.ts';
import { getStore } from './store.ts';
import { hashToken } from './token.ts';

const createSession = (subject: string, role: AgentRole, shop: string): AgentSession => ({
  id: hashToken(subject),
  subject,
  name: subject,
  role,
  shop,
  isShared: false,
  lockedPath: undefined,
});

export const ana = createSession('ana', 'agent', 'centro');
export const ben = createSession('ben', 'agent', 'centro');
export const eva = createSession('eva', 'supervisor', 'centro');
export const max = createSession('max', 'agent', 'norte');

let phoneCount = 0;
export const createPhone = (): string => `55 2120 ${String(1_000 + ++phoneCount)}`;

/** Returns the saved answers of the first steps; by default of all steps that a customer with an account has. */
export function createSavedSteps(
  phoneNumber = createPhone(),
  stepIds: readonly StepId[] = ['identity', 'address', 'payment'],
) {
  const inputs: { [Id in StepId]?: FormInput } = {
    identity: { ...sampleInputs.identity, phoneNumber, email: '', noEmail: 'yes' },
    address: sampleInputs.address,
    payment: { paymentMethodType: 'DigitalWallet', ubnParams: { number: '' } },
  };
  const savedAt = new Date().toISOString();
  return Object.fromEntries(stepIds.map((id) => [id, { input: inputs[id], savedAt }])) as SavedSteps;
}

export async function createDraft(content: DraftContent = { steps: {} }): Promise<{ token: string; draft: Draft }> {
  const token = await (await getStore()).drafts.create(content);
  return { token, draft: await readDraft(token) };
}

export async function readDraft(token: string): Promise<Draft> {
  const draft = await (await getStore()).drafts.find(token);
  if (!draft) throw new Error('The draft does not exist');
  return draft;
}

let caseCount = 0;

/** Creates an open case with a draft. */
export async function createCase(content: DraftContent = { steps: {} }, { shop, subject } = ana): Promise<Case> {
  const { cases } = await getStore();
  const { token } = await createDraft(content);
  const id = `00000000-0000-4000-8000-${String(++caseCount).padStart(12, '0')}`;
  await cases.create({ id, shop, agent: subject }, { token, phone: '+525521206706', name: '', lang: 'es' });
  return readCase(id);
}

export async function readCase(id: string): Promise<Case> {
  const caseRecord = await (await getStore()).cases.findById(id);
  if (!caseRecord) throw new Error('The case does not exist');
  return caseRecord;
}

/** Hands a case over to a device. @returns the token that the device keeps */
export const createDevice = async ({ id }: Case): Promise<string> => (await getStore()).handovers.createOpened(id);

/** Lists the actions in the audit of a case. */
export async function listActions({ id }: { id: string }): Promise<string[]> {
  return (await (await getStore()).audit.listByCase(id)).map(({ action }) => action);
}

/** Submits a draft with this result. @returns the id of the submission */
export async function createSubmission(
  { id, version }: Draft,
  result: 'parked' | 'refused' | 'succeeded',
  phoneNumber = createPhone(),
): Promise<string> {
  const { ledger } = await getStore();
  const intent = {
    draft: { id, version },
    request: { phoneNumber } as SessionLinkRequest,
    consent: sampleConsent,
    sendDeadline: undefined,
  };
  const claim = await ledger.createClaimedSubmission(intent, 'absent');
  if (!claim) throw new Error('The submission was not created');
  const details = { actor: 'customer', cause: 'the cause' } as const;
  if (result === 'refused') await ledger.recordResult(claim, { state: 'refused', outcome: 'phone' }, details);
  else if (result === 'parked') await ledger.recordResult(claim, { state: 'parked' }, details);
  else await ledger.recordResult(claim, { state: 'succeeded', link: 'https://links.example/1' }, details);
  return claim.id;
}
