import 'server-only';
import { getEnv } from './env.ts';

/** The brand preview is for the brand's author; in `live` it does not exist. */
export const isPreviewOn = (): boolean => getEnv().APP_ENV !== 'live';
