import 'server-only';
import { env } from './env.ts';

/** The brand's preview is for whoever makes the brand: customers never meet it. */
export const isPreviewOn = (): boolean => env().APP_ENV !== 'live';
