import type { UpstreamGuard } from '../../lib/upstream/upstream-guard.ts';

type Dependencies = {
  now: () => Date;
  failuresInARow: number;
  /** Milliseconds without a call after so many failures. */
  cooldownMs: number;
  reportBreach: (rule: string, detail: string) => void;
};

/** Checks the breaker of one process: no call begins while it is open, and one call at a time tries after the pause. */
export function watchUpstreamGuard(
  guard: UpstreamGuard,
  { now, failuresInARow, cooldownMs, reportBreach }: Dependencies,
): UpstreamGuard {
  let [failures, cooldownUntilMs, probes] = [0, 0, 0];

  const run: UpstreamGuard['run'] = (work) =>
    guard.run(async () => {
      if (now().getTime() < cooldownUntilMs)
        reportBreach('breaker', 'work at the upstream began while the breaker was open');
      const isProbe = failures >= failuresInARow;
      if (isProbe && probes > 0) reportBreach('breaker', 'two calls tried at once after the pause');
      if (isProbe) probes += 1;
      try {
        const result = await work();
        failures = result.isFailure ? failures + 1 : 0;
        // Calls in flight at the break do not prolong the cooldown.
        if (failures === failuresInARow || (isProbe && result.isFailure))
          cooldownUntilMs = now().getTime() + cooldownMs;
        if (failures === 0) cooldownUntilMs = 0;
        return result;
      } catch (error) {
        // An error of the database proves nothing about the upstream: the breaker stays open.
        if (isProbe) cooldownUntilMs = now().getTime() + cooldownMs;
        throw error;
      } finally {
        if (isProbe) probes -= 1;
      }
    });
  return { run };
}
