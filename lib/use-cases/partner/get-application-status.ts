import { type ApplicationStatus, getApplicationState } from '../../domain/partner-api/application-status.ts';
import { getReference } from '../../domain/text/ids.ts';
import type { PartnerReferenceRepository } from '../../store/partner-references.ts';

/**
 * Returns the status of an application.
 *
 * @param reference the partner's own, of which the newest application counts, or our id of the application
 * @returns undefined when there is none, or when the customer's data were erased
 */
export async function getApplicationStatus(
  partnerReferences: Pick<PartnerReferenceRepository, 'find'>,
  reference: string,
): Promise<ApplicationStatus | undefined> {
  const application = await partnerReferences.find(reference);
  if (!application) return undefined;
  const { draftId, isByReference, startedAt, hasDraft, submission } = application;
  return {
    application: draftId,
    ...(isByReference && { partnerReference: reference }),
    ...(submission && { reference: getReference(submission.id) }),
    state: getApplicationState(submission, hasDraft),
    startedAt: startedAt.toISOString(),
    updatedAt: (submission?.updatedAt ?? startedAt).toISOString(),
  };
}
