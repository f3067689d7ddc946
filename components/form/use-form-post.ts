import { unstable_isUnrecognizedActionError, unstable_rethrow } from 'next/navigation';
import { useState, useTransition } from 'react';
import { retryAfterDeploy } from './retry-after-deploy';

/**
 * Posts a form to a server action.
 *
 * @param action returns when the server has not redirected
 * @param onReturn called after the action has returned or failed, and not after a redirect
 * @returns `isPending` while the form is being posted, and the result of the last post; `offline` when there was no answer
 */
export function useFormPost<Result>(action: (form: FormData) => Promise<Result>, onReturn?: () => void) {
  const [isPending, startPosting] = useTransition();
  const [result, setResult] = useState<Result | 'offline'>();

  const post = (form: FormData) =>
    startPosting(async () => {
      try {
        const answer = await action(form);
        onReturn?.();
        setResult(answer);
      } catch (error) {
        unstable_rethrow(error);
        onReturn?.();
        if (unstable_isUnrecognizedActionError(error)) await retryAfterDeploy(form).catch(() => setResult('offline'));
        else setResult('offline');
      }
    });

  return { isPending, result, post };
}
