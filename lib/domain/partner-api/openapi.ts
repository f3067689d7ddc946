import * as z from 'zod/mini';
import { type ApplicationEvent, applicationEventSchemas } from '../events/application-event.ts';
import { type ApplicationStatus, applicationStatusSchema, type Problem, problemSchema } from './application-status.ts';

const APPLICATION = 'q3J5S0sKp0m0Q7hXJ7mXJ1nM2b0c7k6mB0q3sYz1w4E';
const STARTED_AT = '2026-11-28T12:00:00.000Z';
const UPDATED_AT = '2026-11-28T12:04:10.000Z';
const IDS = { application: APPLICATION, partnerReference: 'order-2026-17' };
const SENT_IDS = { ...IDS, reference: '1A2B3C4D' };

const STATUS_EXAMPLE: ApplicationStatus = {
  ...SENT_IDS,
  state: 'link_delivered',
  startedAt: STARTED_AT,
  updatedAt: UPDATED_AT,
};

const EVENT_DATA: { [Type in ApplicationEvent['type']]: Extract<ApplicationEvent, { type: Type }>['data'] } = {
  'application.started': IDS,
  'application.submitted': SENT_IDS,
  'application.link_delivered': SENT_IDS,
  'application.refused': SENT_IDS,
  'application.needs_review': SENT_IDS,
  'application.resolved': { ...SENT_IDS, decision: 'delivered' },
  'application.stalled': {
    ...IDS,
    continueUrl: 'https://start.example.com/resume#token',
    continueUntil: '2026-11-29T12:00:00.000Z',
  },
};

/** Without `additionalProperties: false`: later versions add fields. The format says what the pattern of a time repeats. */
function toJsonSchema(schema: z.core.$ZodType): z.core.JSONSchema.BaseSchema {
  const { $schema: _dialect, ...jsonSchema } = z.toJSONSchema(schema, {
    io: 'input',
    override: ({ jsonSchema }) => {
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
    },
  });
  return jsonSchema;
}

function describeProblem(status: number, title: string, description: string, headers?: object) {
  const example: Problem = { type: 'about:blank', title, status };
  const schema = { $ref: '#/components/schemas/Problem' };
  return { description, ...(headers && { headers }), content: { 'application/problem+json': { schema, example } } };
}

const RETRY_AFTER = { 'Retry-After': { description: 'Seconds to wait', schema: { type: 'integer' } } };

const STATUS_OPERATION = {
  operationId: 'getApplicationStatus',
  summary: 'Status of an application',
  description: 'References, state and times, without personal data and without the session link.',
  security: [{ partnerKey: [] }],
  parameters: [
    {
      name: 'reference',
      in: 'path',
      required: true,
      description: 'Your `reference`, of which the newest application counts, or `application`, our id',
      schema: { type: 'string', minLength: 1, maxLength: 128 },
      example: 'order-2026-17',
    },
  ],
  responses: {
    200: {
      description: 'The application',
      content: {
        'application/json': { schema: { $ref: '#/components/schemas/ApplicationStatus' }, example: STATUS_EXAMPLE },
      },
    },
    400: describeProblem(400, 'Bad Request', 'The path has an encoded separator or dots, which no reference has'),
    401: describeProblem(401, 'Unauthorized', 'The key is missing or wrong'),
    404: describeProblem(404, 'Not Found', 'No such application, or its reference was deleted'),
    429: describeProblem(
      429,
      'Too Many Requests',
      'Too many requests with a missing or wrong key from this address, or, also with a right key, too many at the same time',
      RETRY_AFTER,
    ),
    500: describeProblem(500, 'Internal Server Error', 'A failure of the app'),
    503: describeProblem(503, 'Service Unavailable', 'The app is overloaded, or its database fails', RETRY_AFTER),
  },
};

const WEBHOOK_PARAMETERS = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => ({
  name,
  in: 'header',
  required: true,
  description: 'Standard Webhooks 1.x',
  schema: { type: 'string' },
}));

/** Describes an event as a request that the partner's server receives. */
function describeWebhook(schema: z.core.$ZodType, type: ApplicationEvent['type']) {
  const example = { type, timestamp: UPDATED_AT, data: EVENT_DATA[type] };
  return {
    post: {
      operationId: type,
      parameters: WEBHOOK_PARAMETERS,
      requestBody: { required: true, content: { 'application/json': { schema: toJsonSchema(schema), example } } },
      responses: { '2XX': { description: 'Received. Any other answer is repeated, except 410' } },
    },
  };
}

const listWebhooks = () =>
  applicationEventSchemas.flatMap((schema) =>
    schema.shape.type.def.values.map((type) => [type, describeWebhook(schema, type)] as const),
  );

/** Builds the OpenAPI 3.1 document of what a partner's server calls and receives, from the schemas that the code uses. */
export function buildOpenApiDocument() {
  return {
    openapi: '3.1.1',
    info: {
      title: 'Remittance front door',
      version: '1.0.0',
      description:
        'What a partner’s server calls, and the events that it receives. Later versions add fields and states.',
    },
    servers: [{ url: '/' }],
    paths: { '/api/applications/{reference}': { get: STATUS_OPERATION } },
    webhooks: Object.fromEntries(listWebhooks()),
    components: {
      securitySchemes: { partnerKey: { type: 'http', scheme: 'bearer' } },
      schemas: { ApplicationStatus: toJsonSchema(applicationStatusSchema), Problem: toJsonSchema(problemSchema) },
    },
  };
}
