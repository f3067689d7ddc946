import { readForm } from '../../domain/form-input.ts';
import { getJourneyProgress, getStepForm } from '../../domain/journey.ts';
import type { JourneyContext } from '../../domain/journey-context.ts';
import { applyPartnerAnswers, type PartnerAnswers } from '../../domain/partner-start.ts';
import { parseFormPhone } from '../../domain/steps/identity/phone.ts';
import { identityStep } from '../../domain/steps/identity/step.ts';
import type { StepId } from '../../domain/steps/index.ts';
import { isDraftLocked } from '../../domain/submission.ts';
import type { DraftContent, DraftRepository } from '../../store/drafts.ts';
import type { Ledger } from '../../store/ledger.ts';
import type { PartnerReferenceRepository } from '../../store/partner-references.ts';
import { isUndone } from '../../store/store-error.ts';
import { hashToken } from '../../store/token.ts';
import type { UsedLinkRepository } from '../../store/used-links.ts';

type Collaborators = {
  drafts: DraftRepository;
  ledger: Ledger;
  usedLinks: UsedLinkRepository;
  partnerReferences: Pick<PartnerReferenceRepository, 'add'>;
  context: JourneyContext;
  now: Date;
};
type Link = PartnerAnswers & { id: string; expiresAt: Date; reference: string; returnUrl: string | undefined };
type NextStep = StepId | 'review' | 'outcome';
type StartedJourney = { kind: 'started'; token: string; next: NextStep };
/** This device has an application of another person, which continues on the page `next`. */
type ConfirmationRequest = { kind: 'asks'; next: NextStep };

/** Returns whether a draft has no answer that a replacement would delete. */
export const isBlank = ({ steps, typed: partialSteps = {} }: DraftContent) =>
  Object.keys(steps).length === 0 && Object.keys(partialSteps).length === 0;

/**
 * Starts a journey from a partner's link. A link starts one journey; the same browser may open it again. The journey keeps the
 * answers of a draft with the same phone. Another site can post a link without the customer's knowledge, so the customer must
 * confirm the replacement of a draft with another phone. Until then the link stays unused.
 *
 * @param isConfirmed the customer confirmed the new application
 * @returns the draft's token and the next page, a request for the confirmation, or that the link was used before
 */
export async function startFromLink(
  { drafts, ledger, usedLinks, partnerReferences, context, now }: Collaborators,
  { token, link, isConfirmed }: { token: string | undefined; link: Link; isConfirmed: boolean },
): Promise<StartedJourney | ConfirmationRequest | { kind: 'used' }> {
  const nowIso = now.toISOString();
  const draft = token === undefined ? undefined : await drafts.find(token);
  const submission = draft && (await ledger.findLatest(draft.id));
  const isLocked = submission !== undefined && isDraftLocked(submission.state);
  if (draft && token !== undefined && draft.content.partner?.link === link.id) {
    // The first time may have ended before the reference was stored.
    await partnerReferences.add(link.reference, draft.id);
    return {
      kind: 'started',
      token,
      next: isLocked ? 'outcome' : getJourneyProgress(draft.content.steps, context, nowIso).firstOpenStep,
    };
  }
  const { phoneRules } = context;
  const phone = parseFormPhone(readForm(link.texts, identityStep.fields), phoneRules);
  const isSame =
    draft !== undefined &&
    phone !== undefined &&
    parseFormPhone(getStepForm(draft.content, 'identity'), phoneRules) === phone;
  if (draft && !isSame && !isConfirmed && !isBlank(draft.content)) {
    return {
      kind: 'asks',
      next: isLocked ? 'outcome' : getJourneyProgress(draft.content.steps, context, nowIso).firstOpenStep,
    };
  }
  const isFirstUse = await usedLinks.use(link.id, link.expiresAt);
  // The answers of a finished application are deleted, so a repeated link is not known to be the one that began it.
  if (draft && isLocked && (isSame || !isFirstUse) && token !== undefined) {
    if (isFirstUse) await partnerReferences.add(link.reference, draft.id);
    return { kind: 'started', token, next: 'outcome' };
  }
  if (!isFirstUse) return { kind: 'used' };
  const previousContent = isSame ? draft.content : { steps: {} };
  const {
    steps,
    typed: partialSteps,
    locked,
    openFields,
  } = applyPartnerAnswers(link, previousContent, context, nowIso);
  const { id, reference, returnUrl } = link;
  const partner = { link: id, locked, openFields, reference, returnUrl };
  const content: DraftContent = { steps, typed: partialSteps, partner };
  const next = getJourneyProgress(steps, context, nowIso).firstOpenStep;
  const startedToken = await saveDraft();
  await partnerReferences.add(reference, hashToken(startedToken));
  return { kind: 'started', token: startedToken, next };

  /** A link whose answers were certainly not stored must not count as used. */
  async function saveDraft(): Promise<string> {
    try {
      const isKept = isSame && (await drafts.update(draft, content));
      return isKept && token ? token : await drafts.create(content);
    } catch (error) {
      if (isUndone(error)) await usedLinks.release(link.id).catch(() => {});
      throw error;
    }
  }
}
