import type { JourneyEvent } from './events.ts';

/** A journey as its events tell it. Times are milliseconds since 1970. */
export type JourneyStory = {
  firstAt: number;
  deliveredAt: number | undefined;
  taken: Set<string>;
  /** Fields that were wrong at some time, and whether their step was taken afterwards. */
  wrong: Map<string, { step: string; isMended: boolean }>;
  lang: string;
  shop: string | undefined;
  agent: string | undefined;
};

/** Gathers events, in their order, into journeys. */
export async function gatherJourneys(
  events: AsyncIterable<JourneyEvent> | Iterable<JourneyEvent>,
): Promise<JourneyStory[]> {
  const journeys = new Map<string, JourneyStory>();
  for await (const event of events) {
    const story = journeys.get(event.journey) ?? begin(event);
    journeys.set(event.journey, story);
    tell(story, event);
  }
  return [...journeys.values()];
}

const begin = ({ at, lang }: JourneyEvent): JourneyStory => ({
  ...{ firstAt: at.getTime(), deliveredAt: undefined, taken: new Set(), wrong: new Map() },
  ...{ lang, shop: undefined, agent: undefined },
});

function tell(story: JourneyStory, { at, kind, step, fields, lang, shop, agent }: JourneyEvent): void {
  story.lang = lang;
  // Whoever helped last: a customer who goes on alone was helped all the same.
  story.shop = shop ?? story.shop;
  story.agent = agent ?? story.agent;
  if (kind === 'delivered') story.deliveredAt ??= at.getTime();
  if (step === null) return;
  if (kind === 'invalid') for (const field of fields) story.wrong.set(field, { step, isMended: false });
  if (kind !== 'taken') return;
  story.taken.add(step);
  for (const found of story.wrong.values()) if (found.step === step) found.isMended = true;
}
