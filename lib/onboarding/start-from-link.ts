import { fieldText } from '../domain/form-input.ts';
import { formOf, walk } from '../domain/journey.ts';
import type { JourneyContext } from '../domain/journey-context.ts';
import { applyPartnerAnswers, type PartnerAnswers } from '../domain/partner-start.ts';
import { normalPhone } from '../domain/phone/phone.ts';
import type { StepId } from '../domain/steps/index.ts';
import { holdsDraft } from '../domain/submission.ts';
import type { DraftContent, Drafts } from '../store/drafts.ts';
import type { Ledger } from '../store/ledger.ts';
import type { UsedLinks } from '../store/used-links.ts';

type Collaborators = { drafts: Drafts; ledger: Ledger; usedLinks: UsedLinks; context: JourneyContext; now: Date };
type Link = PartnerAnswers & { id: string; expiresAt: Date };
type Started = { kind: 'started'; token: string; next: StepId | 'review' | 'outcome' };

const phoneOf = (content: DraftContent, country: string) =>
  normalPhone(fieldText(formOf(content, 'identity'), 'phoneNumber'), country);

/**
 * Starts a journey from a partner's link. Each link starts one; the browser that it started in may open it again. What
 * the same person had told before stays, what somebody else told on this device stays out of it.
 *
 * @returns the draft's token and where the customer goes, or that the link was used before
 */
export async function startFromLink(
  { drafts, ledger, usedLinks, context, now }: Collaborators,
  { token, link }: { token: string | undefined; link: Link },
): Promise<Started | { kind: 'used' }> {
  const at = now.toISOString();
  const draft = token === undefined ? undefined : await drafts.find(token);
  const submission = draft && (await ledger.latest(draft.id));
  const isHeld = submission !== undefined && holdsDraft(submission.state);
  if (draft && token !== undefined && draft.content.partner?.link === link.id) {
    return { kind: 'started', token, next: isHeld ? 'outcome' : walk(draft.content.steps, context, at).open };
  }
  if (!(await usedLinks.use(link.id, link.expiresAt))) return { kind: 'used' };

  const phone = normalPhone(link.texts.get('phoneNumber') ?? '', context.country);
  const isSame = draft !== undefined && phone !== null && phoneOf(draft.content, context.country) === phone;
  if (isSame && isHeld && token !== undefined) return { kind: 'started', token, next: 'outcome' };
  const before = isSame ? draft.content : { steps: {} };
  const { steps, typed, locked } = applyPartnerAnswers(link, before, context, at);
  const content: DraftContent = { steps, typed, partner: { link: link.id, locked } };
  const next = walk(steps, context, at).open;
  const isKept = isSame && (await drafts.update(draft, content));
  return { kind: 'started', token: isKept && token ? token : await drafts.create(content), next };
}
