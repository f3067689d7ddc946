import type * as z from 'zod/mini';
import { type FieldErrors, type FormInput, toFieldErrors } from '../form-input.ts';
import type { JourneyContext } from '../journey-context.ts';
import { findAddressConflicts } from './address/conflicts.ts';
import { toAddressPayload } from './address/payload.ts';
import { isAddressTextReadable } from './address/readable-texts.ts';
import { createAddressSchema } from './address/schema.ts';
import { addressStep } from './address/step.ts';
import { toCardPayload } from './card/payload.ts';
import { createCardSchema } from './card/schema.ts';
import { cardStep } from './card/step.ts';
import { toIdentityPayload } from './identity/payload.ts';
import { createIdentitySchema } from './identity/schema.ts';
import { identityStep } from './identity/step.ts';
import { toPaymentPayload } from './payment/payload.ts';
import { createPaymentSchema } from './payment/schema.ts';
import { paymentStep } from './payment/step.ts';
import type { SendableStep } from './step.ts';

/** The steps in order. A step's id is also its page's path and the key of its texts (`docs/adding-a-step.md`). */
const registry = [
  { ...identityStep, schema: createIdentitySchema, toPayload: toIdentityPayload },
  {
    ...addressStep,
    schema: createAddressSchema,
    isReadable: isAddressTextReadable,
    toPayload: toAddressPayload,
    findConflicts: findAddressConflicts,
  },
  { ...paymentStep, schema: createPaymentSchema, toPayload: toPaymentPayload },
  { ...cardStep, schema: createCardSchema, toPayload: toCardPayload },
] as const;

type RegisteredStep = (typeof registry)[number];
export type StepId = RegisteredStep['id'];
export type Answers = { [S in RegisteredStep as S['id']]?: z.output<ReturnType<S['schema']>> };

export type JourneyStep = SendableStep<StepId, unknown, Answers>;

/** Caches schemas by context: creating one costs more than parsing a form with it. */
function withSchemaCache(createSchema: JourneyStep['schema']): JourneyStep['schema'] {
  const schemas = new WeakMap<JourneyContext, ReturnType<JourneyStep['schema']>>();
  return (context) => {
    const schema = schemas.get(context) ?? createSchema(context);
    schemas.set(context, schema);
    return schema;
  };
}

export const steps: readonly JourneyStep[] = registry.map((step: JourneyStep) => ({
  ...step,
  schema: withSchemaCache(step.schema),
}));

export const isStepId = (id: string): id is StepId => steps.some((step) => step.id === id);

export function getStep(id: StepId): JourneyStep {
  const match = steps.find((step) => step.id === id);
  if (!match) throw new Error(`No step ${id}`);
  return match;
}

/**
 * Parses a step's form with its schema, then compares the answer with those of earlier steps.
 *
 * @returns the answer (undefined if the schema fails) and the errors
 */
export function readStep(
  step: JourneyStep,
  input: FormInput,
  previousAnswers: Answers,
  context: JourneyContext,
): { answer: unknown; errors: FieldErrors } {
  const parsed = step.schema(context).safeParse(input);
  if (!parsed.success) return { answer: undefined, errors: toFieldErrors(parsed.error.issues) };
  return { answer: parsed.data, errors: step.findConflicts?.(parsed.data, previousAnswers, context) ?? {} };
}
