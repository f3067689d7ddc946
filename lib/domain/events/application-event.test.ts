import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { APPLICATION_EVENT_TYPES, type ApplicationEvent, applicationEventSchema } from './application-event.ts';

const application = 'a'.repeat(43);
const reference = '1A2B3C4D';
const timestamp = '2026-11-28T02:00:00.000Z';
const dataByType = {
  'application.started': { application, partnerReference: 'order-1' },
  'application.submitted': { application, reference },
  'application.link_delivered': { application, reference },
  'application.refused': { application, reference },
  'application.needs_review': { application, reference },
  'application.resolved': { application, reference, decision: 'again' },
  'application.stalled': { application, continueUrl: 'https://start.example.com/resume#a', continueUntil: timestamp },
} satisfies Record<ApplicationEvent['type'], object>;

test.each(Object.entries(dataByType))('%s is read as it was written', (type, data) => {
  expect(applicationEventSchema.parse({ type, timestamp, data })).toEqual({ type, timestamp, data });
});

test('the list of types is the list of schemas', () => {
  expect([...APPLICATION_EVENT_TYPES].sort()).toEqual(Object.keys(dataByType).sort());
});

test('an event keeps no field that its schema does not have', () => {
  const data = { application, reference, link: 'https://links.example/secret', phoneNumber: '+525512345678' };
  expect(applicationEventSchema.parse({ type: 'application.link_delivered', timestamp, data }).data).toEqual({
    application,
    reference,
  });
});

test('JSON Schema can be generated, with a description of every event', () => {
  const { oneOf, anyOf } = z.toJSONSchema(applicationEventSchema);
  const descriptions = (oneOf ?? anyOf ?? []).map((schema) => typeof schema === 'object' && schema.description);
  expect(descriptions).toHaveLength(APPLICATION_EVENT_TYPES.length);
  expect(descriptions.every((description) => typeof description === 'string')).toBe(true);
});
