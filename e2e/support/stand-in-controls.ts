import { createControl, createRaasControl } from './control-client.ts';
import { getRun } from './test-run.ts';

const getControlOrigin = (name: 'raasControl' | 'mapsControl' | 'vgsControl') => () => getRun().origins[name] ?? '';

export const raas = createRaasControl(getControlOrigin('raasControl'));
export const maps = createControl(getControlOrigin('mapsControl'));
export const vgs = createControl(getControlOrigin('vgsControl'));

/** The link that the stand-in would have given has this origin. */
export const getLinkOrigin = () => getRun().origins['links'] ?? '';
