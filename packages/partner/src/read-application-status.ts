import type { ApplicationStatus } from './application-types.ts';

export type StatusApi = {
  /** The origin of the app. */
  origin: string;
  /** One of the keys that the app's operator gave you. */
  apiKey: string;
  signal?: AbortSignal;
};

/** The app did not answer with a status. */
export class ApplicationStatusError extends Error {
  override name = 'ApplicationStatusError';
  /** The HTTP status. */
  readonly status: number;
  /** Set for 429 and 503. */
  readonly retryAfterSeconds: number | undefined;

  constructor(status: number, retryAfter: string | null) {
    super(`The app answered with ${status}`);
    this.status = status;
    this.retryAfterSeconds = retryAfter === null ? undefined : Number(retryAfter);
  }
}

/**
 * Reads the status of an application.
 *
 * @param reference yours, of which the newest application counts, or the app's id of the application
 * @returns undefined when there is none
 * @throws ApplicationStatusError for every other answer
 */
export async function readApplicationStatus(
  reference: string,
  { origin, apiKey, signal }: StatusApi,
): Promise<ApplicationStatus | undefined> {
  const response = await fetch(`${origin}/api/applications/${encodeURIComponent(reference)}`, {
    headers: { authorization: `Bearer ${apiKey}` },
    // The key must not follow a redirect to another host.
    redirect: 'error',
    ...(signal && { signal }),
  });
  if (response.status === 404) return undefined;
  if (!response.ok) throw new ApplicationStatusError(response.status, response.headers.get('retry-after'));
  return (await response.json()) as ApplicationStatus;
}
