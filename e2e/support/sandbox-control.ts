import { expect } from '@playwright/test';
import { runOf } from './run.ts';

type Received = {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
  status: number | null;
  isTls: boolean;
  reference?: string;
};
type NextAnswer = {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
  delayMs?: number;
  reset?: boolean;
  fault?: string;
  done?: boolean;
  endpoint?: string;
};

/** A stand-in's control port, from a test's side. */
function controlAt(origin: () => string) {
  const post = async (path: string, body: object) => {
    const response = await fetch(origin() + path, { method: 'POST', body: JSON.stringify(body) });
    expect(response.status).toBe(204);
  };
  return {
    async received(key: string): Promise<Received[]> {
      const response = await fetch(`${origin()}/received?key=${encodeURIComponent(key)}`);
      return (await response.json()) as Received[];
    },
    next: (key: string, answer: NextAnswer) => post('/next', { key, answer }),
    settings: (key: string, settings: object) => post('/settings', { key, ...settings }),
    reset: (key: string) => post('/reset', { key }),
  };
}

const origin = (name: 'raasControl' | 'mapsControl' | 'vgsControl') => () => runOf().origins[name] ?? '';

/** The RaaS stand-in of a stack of one's own. */
export const raasAt = (where: () => string) => ({
  ...controlAt(where),
  /** The calls that must not be made twice. The looks before them are in `all`. */
  received: async (key: string) =>
    (await controlAt(where).received(key)).filter(({ path }) => path.endsWith('/auth/sessionlink-v2')),
  all: controlAt(where).received,
});

export const raas = raasAt(origin('raasControl'));
export const maps = controlAt(origin('mapsControl'));
/** The vault's stand-in of a stack of one's own. */
export const vgsAt = controlAt;
export const vgs = controlAt(origin('vgsControl'));

/** The link that the stand-in would have given has this origin. */
export const linkOrigin = () => runOf().origins['links'] ?? '';
