import 'server-only';
import { ConfigurationError } from '../config/configuration-error.ts';
import { getEnv } from '../config/env.ts';
import { getProcessSingleton } from '../config/process-singleton.ts';
import { readWalletRoots, type WalletRoot } from './wallet-roots.ts';

/**
 * Returns the issuers' roots that the operator trusts, read once; undefined without `WALLET_ID_ROOTS_FILE`.
 *
 * @throws ConfigurationError when the file is missing or has anything but roots; the boot calls this first
 */
export function getWalletRoots(): readonly WalletRoot[] | undefined {
  const { WALLET_ID_ROOTS_FILE } = getEnv();
  return WALLET_ID_ROOTS_FILE ? getProcessSingleton('wallet-roots', () => readRoots(WALLET_ID_ROOTS_FILE)) : undefined;
}

function readRoots(path: string): readonly WalletRoot[] {
  try {
    return readWalletRoots(path);
  } catch {
    throw new ConfigurationError('WALLET_ID_ROOTS_FILE');
  }
}
