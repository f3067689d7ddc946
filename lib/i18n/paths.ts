import type { StepId } from '../domain/steps/index.ts';
import type { Locale } from './routing.ts';

export type JourneyPage = StepId | 'review' | 'outcome' | 'document';

export const getPagePath = (locale: Locale, page: JourneyPage) => `/${locale}/onboarding/${page}`;
