import * as z from 'zod/mini';

// A partner's server receives these events by webhook (Standard Webhooks 1.x): types, times and references, no personal data and
// no session link. The OpenAPI document and the package of partners are generated from these schemas.

export const applicationShape = {
  application: z
    .string()
    .check(z.regex(/^[\w-]{43}$/), z.describe('Our id of the application, the same in all of its events')),
  partnerReference: z.optional(
    z
      .string()
      .check(
        z.minLength(1),
        z.maxLength(128),
        z.describe('The `reference` of the partner link, or its `jti`. Absent when no link led to the application'),
      ),
  ),
};

export const submissionShape = {
  ...applicationShape,
  reference: z
    .string()
    .check(
      z.regex(/^[0-9A-F]{8}$/),
      z.describe(
        'The reference of the submission, which the customer and the operators see. A corrected one has another',
      ),
    ),
};

const stalledShape = {
  ...applicationShape,
  continueUrl: z.optional(
    z
      .url()
      .check(
        z.describe(
          'Opens the application once, on any device, after the customer has confirmed who they are. For the customer only',
        ),
      ),
  ),
  continueUntil: z.optional(z.iso.datetime().check(z.describe('When the link stops working'))),
};

const DECISIONS = ['delivered', 'refused', 'again'] as const;
export type EventDecision = (typeof DECISIONS)[number];

const decisionShape = {
  ...submissionShape,
  decision: z
    .enum(DECISIONS)
    .check(
      z.describe(
        '`delivered`: the customer was helped in another way. `refused`: the customer cannot be served. `again`: the customer may submit again',
      ),
    ),
};

function createEventSchema<Type extends string, Shape extends z.core.$ZodShape>(
  type: Type,
  description: string,
  dataShape: Shape,
) {
  return z
    .object({
      type: z.literal(type),
      timestamp: z.iso.datetime().check(z.describe('When it happened (ISO 8601, UTC), not when it is delivered')),
      data: z.object(dataShape),
    })
    .check(z.describe(description));
}

export const applicationEventSchemas = [
  createEventSchema(
    'application.started',
    'An application began: a customer opened a partner link, saved a first answer without one, or asked for help, or an agent began it.',
    applicationShape,
  ),
  createEventSchema(
    'application.submitted',
    'The customer pressed the last button. If the call did not arrive, no event follows, and the state is `started` again. After a refusal that they can correct, they may submit again.',
    submissionShape,
  ),
  createEventSchema(
    'application.link_delivered',
    'The upstream accepted it: the customer has a session link.',
    submissionShape,
  ),
  createEventSchema(
    'application.refused',
    'The upstream did not accept it. The reason is not disclosed.',
    submissionShape,
  ),
  createEventSchema(
    'application.needs_review',
    'The result could not be determined automatically: a supervisor decides.',
    submissionShape,
  ),
  createEventSchema(
    'application.resolved',
    'A supervisor decided, or 30 days passed without a decision.',
    decisionShape,
  ),
  createEventSchema(
    'application.stalled',
    'The customer can continue and has not done so for some time. It has a link if the page of identity is complete.',
    stalledShape,
  ),
] as const;

/** One event, as the body of a webhook. */
export const applicationEventSchema = z.discriminatedUnion('type', applicationEventSchemas);

export type ApplicationEvent = z.output<typeof applicationEventSchema>;

export const APPLICATION_EVENT_TYPES = applicationEventSchemas.flatMap(({ shape }) => [...shape.type.def.values]);
