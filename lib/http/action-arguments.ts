import * as z from 'zod/mini';
import { isStepId, type StepId } from '../domain/steps/index.ts';
import { isTokenId } from '../domain/text/ids.ts';
import { routing } from '../i18n/routing.ts';

/**
 * The schemas of arguments that pages bind to their actions. An action is a public endpoint: any client can post other
 * values.
 */
export const localeArgument = z.enum(routing.locales);
export const stepArgument = z.custom<StepId>((value) => typeof value === 'string' && isStepId(value));
export const caseArgument = z.uuid();
/** The page of a case on which an agent acts. */
export type CasePage = StepId | 'hand-over';
export const casePageArgument = z.custom<CasePage>(
  (value) => value === 'hand-over' || (typeof value === 'string' && isStepId(value)),
);
/** The id of a device that waits at a hand-over. */
export const deviceArgument = z.string().check(z.refine(isTokenId));
/** React's previous state of a form. It comes from the browser and nothing reads it. */
export const previousArgument = z.unknown();
export const formArgument = z.instanceof(FormData);
