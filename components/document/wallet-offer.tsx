'use client';

import { useId, useState, useSyncExternalStore } from 'react';
import { useTranslations } from '@/components/i18n/translations';
import { Button } from '@/components/ui/button';
import {
  askWallet,
  canAskWallet,
  WALLET_RESPONSE_FIELD,
  type WalletAnswer,
} from '@/lib/integrations/digital-credentials';
import { postFields } from './post-fields';

type Props = {
  /** The path that takes the wallet's response; the request comes from `request` below it. */
  path: string;
  stamp: string;
};

const subscribeToNothing = () => () => {};

/** Asks the customer's wallet for a driving licence. A browser without wallets shows nothing. */
export function WalletOffer({ path, stamp }: Props) {
  const t = useTranslations('document');
  const [answer, setAnswer] = useState<WalletAnswer | { kind: 'idle' | 'asking' }>({ kind: 'idle' });
  const hintId = useId();
  const isOffered = useSyncExternalStore(subscribeToNothing, canAskWallet, () => false);
  const isBusy = answer.kind === 'asking' || answer.kind === 'presented';
  if (!isOffered) return null;

  async function ask(): Promise<void> {
    if (isBusy) return;
    setAnswer({ kind: 'asking' });
    const nextAnswer = await askWallet(`${path}/request`, answer.kind === 'retry' ? answer.request : undefined);
    setAnswer(nextAnswer);
    if (nextAnswer.kind === 'presented') postFields(path, stamp, { [WALLET_RESPONSE_FIELD]: nextAnswer.response });
  }

  return (
    <div className="mt-3 grid gap-2 border-t border-line pt-3">
      <p id={hintId} className="text-[0.9375rem] leading-snug text-quiet">
        {t('wallet.hint')}
      </p>
      <Button
        type="button"
        kind="secondary"
        aria-describedby={hintId}
        aria-disabled={isBusy || undefined}
        onClick={() => void ask()}
      >
        {t('wallet.ask')}
      </Button>
      <p role="status" className={answer.kind === 'nothing' ? 'font-medium text-danger' : ''}>
        {answer.kind === 'idle' ? null : t(`wallet.status.${answer.kind}`)}
      </p>
    </div>
  );
}
