import type { JourneyEvent } from './journey-events.ts';

/** Times are milliseconds since 1970. */
export type JourneyHistory = {
  firstAt: number;
  deliveredAt: number | undefined;
  completedSteps: Set<string>;
  /** Fields that were once invalid; fixed when their step was completed afterwards. */
  invalidFields: Map<string, { step: string; isFixed: boolean }>;
  lang: string;
  shop: string | undefined;
  agent: string | undefined;
};

/** Groups events, in their order, into journeys. */
export async function groupJourneys(
  events: AsyncIterable<JourneyEvent> | Iterable<JourneyEvent>,
): Promise<JourneyHistory[]> {
  const journeys = new Map<string, JourneyHistory>();
  for await (const event of events) {
    const history = journeys.get(event.journey) ?? createHistory(event);
    journeys.set(event.journey, history);
    applyEvent(history, event);
  }
  return [...journeys.values()];
}

const createHistory = ({ at: time, lang }: JourneyEvent): JourneyHistory => ({
  firstAt: time.getTime(),
  deliveredAt: undefined,
  completedSteps: new Set(),
  invalidFields: new Map(),
  lang,
  shop: undefined,
  agent: undefined,
});

function applyEvent(history: JourneyHistory, { at: time, kind, step, fields, lang, shop, agent }: JourneyEvent): void {
  history.lang = lang;
  // The last helper counts, also when the customer continues alone afterwards.
  history.shop = shop ?? history.shop;
  history.agent = agent ?? history.agent;
  if (kind === 'delivered') history.deliveredAt ??= time.getTime();
  if (step === null) return;
  if (kind === 'invalid') for (const field of fields) history.invalidFields.set(field, { step, isFixed: false });
  if (kind !== 'taken') return;
  history.completedSteps.add(step);
  for (const invalidField of history.invalidFields.values())
    if (invalidField.step === step) invalidField.isFixed = true;
}
