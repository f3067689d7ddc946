import { expect } from '@playwright/test';
import { runOf } from './run.ts';

type Received = { method: string; path: string; headers: Record<string, string>; body: string; status: number | null };
type NextAnswer = {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
  delayMs?: number;
  reset?: boolean;
};

/** A stand-in's control port, from a test's side. */
function controlOf(name: 'raasControl' | 'mapsControl' | 'vgsControl') {
  const origin = () => runOf().origins[name] ?? '';
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

export const raas = controlOf('raasControl');
export const maps = controlOf('mapsControl');
export const vgs = controlOf('vgsControl');

/** The link that the stand-in would have given has this origin. */
export const linkOrigin = () => runOf().origins['links'] ?? '';
