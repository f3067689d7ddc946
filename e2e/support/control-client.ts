import { expect } from '@playwright/test';

export type ReceivedRequest = {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
  status: number | null;
  isTls: boolean;
  reference?: string;
};
export type NextAnswer = {
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
export function createControl(getOrigin: () => string) {
  const post = async (path: string, body: object) => {
    const response = await fetch(getOrigin() + path, { method: 'POST', body: JSON.stringify(body) });
    expect(response.status).toBe(204);
  };
  return {
    async getRequests(key: string): Promise<ReceivedRequest[]> {
      const response = await fetch(`${getOrigin()}/received?key=${encodeURIComponent(key)}`);
      return (await response.json()) as ReceivedRequest[];
    },
    setNextAnswer: (key: string, answer: NextAnswer) => post('/next', { key, answer }),
    changeSettings: (key: string, settings: object) => post('/settings', { key, ...settings }),
    reset: (key: string) => post('/reset', { key }),
  };
}

/** The RaaS stand-in of a stack of one's own. */
export const createRaasControl = (getOrigin: () => string) => ({
  ...createControl(getOrigin),
  /** The calls that must not be made twice, without the lookups before them. */
  getSubmitRequests: async (key: string) =>
    (await createControl(getOrigin).getRequests(key)).filter(({ path }) => path.endsWith('/auth/sessionlink-v2')),
});
