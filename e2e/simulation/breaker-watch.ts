import type { Admission } from '../../lib/upstream/admission.ts';

type Surroundings = {
  now: () => Date;
  failuresInARow: number;
  /** Milliseconds without a call after so many failures. */
  restMs: number;
  breach: (rule: string, detail: string) => void;
};

/** Holds what the breaker of one process promises: no work begins in its rest, and then one piece of it at a time. */
export function watchAdmission(admission: Admission, { now, failuresInARow, restMs, breach }: Surroundings): Admission {
  let [failures, restsUntilMs, probes] = [0, 0, 0];

  const run: Admission['run'] = (work) =>
    admission.run(async () => {
      if (now().getTime() < restsUntilMs) breach('breaker', 'work at the upstream began while the breaker was open');
      const isProbe = failures >= failuresInARow;
      if (isProbe && probes > 0) breach('breaker', 'two tried at once after the rest');
      if (isProbe) probes += 1;
      try {
        const result = await work();
        failures = result.isFailure ? failures + 1 : 0;
        // What was under way at the break makes the rest no longer.
        if (failures === failuresInARow || (isProbe && result.isFailure)) restsUntilMs = now().getTime() + restMs;
        if (failures === 0) restsUntilMs = 0;
        return result;
      } finally {
        if (isProbe) probes -= 1;
      }
    });
  return { run };
}
