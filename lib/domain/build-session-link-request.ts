import type { JourneyProgress } from './journey.ts';
import type { Spelling } from './journey-context.ts';
import type { Locale } from './locale.ts';
import type { SessionLinkRequest } from './session-link-request.ts';
import { type JourneyStep, steps } from './steps/index.ts';

/** Position of the customer's device in degrees, if they agreed to share it. */
export type CallLocation = { latitude: number; longitude: number };

type RequestOptions = { lang: Locale; spelling: Spelling; callLocation: CallLocation | undefined };

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Removes empty values, which the vendor rejects, from an object and its nested objects. */
function removeEmpty<T extends object>(value: T): T {
  const entries = Object.entries(value).filter(([, part]) => part !== undefined && part !== '');
  return Object.fromEntries(entries.map(([name, part]) => [name, isObject(part) ? removeEmpty(part) : part])) as T;
}

/**
 * Builds the upstream body from the answers of a complete journey.
 *
 * @param journeySteps the registry; tests pass their own
 * @throws when a step has no answer
 */
export function buildSessionLinkRequest(
  { answers, firstOpenStep }: JourneyProgress,
  { lang, spelling, callLocation }: RequestOptions,
  journeySteps: readonly JourneyStep[] = steps,
): SessionLinkRequest {
  if (firstOpenStep !== 'review') throw new Error(`The step ${firstOpenStep} has no answer`);
  const parts: Partial<SessionLinkRequest> = { lang };
  for (const step of journeySteps) {
    const answer = answers[step.id];
    if (answer !== undefined) Object.assign(parts, step.toPayload(answer, spelling));
  }
  if (callLocation) {
    parts.callLocationLatitude = callLocation.latitude;
    parts.callLocationLongitude = callLocation.longitude;
  }
  return removeEmpty(parts as SessionLinkRequest);
}
