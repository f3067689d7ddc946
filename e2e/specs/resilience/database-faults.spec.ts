import { expect, test } from '@playwright/test';
import { SCENARIOS } from '../../resilience/scenarios/index.ts';

// A small share of `npm run resilience`, so that every change meets it: what needs no program beside npm's Postgres. The
// counts that prove something are in docs/resilience.md.

for (const { name, run } of SCENARIOS.filter(({ needs }) => needs.length === 0)) {
  test(`people come to their end, and each is sent once: ${name}`, { tag: '@all' }, async () => {
    expect((await run(1)).breaches).toEqual([]);
  });
}
