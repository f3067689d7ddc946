import 'server-only';
import { getEnv } from './env.ts';

/** The brand's preview is for whoever makes the brand: customers never meet it. */
export const isPreviewOn = (): boolean => getEnv().APP_ENV !== 'live';
