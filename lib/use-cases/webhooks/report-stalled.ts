import { findBirthDate } from '../../domain/journey.ts';
import type { JourneyContext } from '../../domain/journey-context.ts';
import type { IdleApplication, StalledApplications } from '../../store/application-events/stalled.ts';

type Tools = {
  stalled: Pick<StalledApplications, 'findIdle' | 'report'>;
  context: JourneyContext;
  now: () => Date;
  /** Milliseconds after the last save from which an application counts as stalled. */
  idleMs: number;
};

/** Drafts that a statement reads. */
const BATCH_ROWS = 500;

/**
 * Reports applications whose customers have left, each once until its customer saves again. An event has a link only if the
 * customer can show that the application is theirs: it needs their date of birth.
 *
 * @param signal ends the round after the current application
 */
export async function reportStalled({ stalled, context, now, idleMs }: Tools, signal?: AbortSignal): Promise<void> {
  const canBeProved = ({ content }: IdleApplication) =>
    findBirthDate(content?.steps ?? {}, context, now().toISOString()) !== undefined;
  let from: Date | undefined;
  while (!signal?.aborted) {
    const { applications, last } = await stalled.findIdle(idleMs, BATCH_ROWS, from);
    for (const application of applications) {
      if (signal?.aborted) return;
      await stalled.report(application, canBeProved(application));
    }
    if (!last) return;
    from = last;
  }
}
