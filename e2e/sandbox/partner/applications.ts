import { Webhook } from 'standardwebhooks';
import type { Call } from '../http.ts';

type ApplicationEvent = { type: string; timestamp: string; data: { application: string; partnerReference?: string } };
export type Application = {
  reference: string;
  /** The name of the case whose link was made; undefined for a link that was made elsewhere. */
  caseName: string | undefined;
  /** Verified events, in the order of their arrival. */
  events: ApplicationEvent[];
};

/** A demo shows the newest ones. */
const MAX_APPLICATIONS = 8;

/** What the partner's server knows of its applications: the links that it made and the events that it received. */
export class Applications {
  #applications = new Map<string, Application>();
  #webhookIds = new Set<string>();
  #listeners = new Set<() => void>();

  add(reference: string, caseName?: string): Application {
    const application = { reference, caseName, events: [] };
    this.#applications.set(reference, application);
    const [oldestReference] = this.#applications.keys();
    if (this.#applications.size > MAX_APPLICATIONS && oldestReference) this.#applications.delete(oldestReference);
    return application;
  }

  /** Returns the applications, the newest first. */
  list(): Application[] {
    return [...this.#applications.values()].reverse();
  }

  /**
   * Verifies an event with the official library of Standard Webhooks and keeps it. The same event is kept once.
   *
   * @throws WebhookVerificationError for a body that the app did not sign
   */
  receive({ request, body }: Call, secret: string): void {
    const event = new Webhook(secret).verify(body, request.headers as Record<string, string>) as ApplicationEvent;
    const id = String(request.headers['webhook-id']);
    if (this.#webhookIds.has(id)) return;
    this.#webhookIds.add(id);
    const reference = event.data.partnerReference ?? event.data.application;
    const application = this.#applications.get(reference) ?? this.add(reference);
    application.events.push(event);
    for (const listener of this.#listeners) listener();
  }

  /** Calls the listener after each new event. @returns ends that */
  onEvent(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
