import 'server-only';
import type { CustomerDevice } from '../../auth/customer-device.ts';
import { getBrand } from '../../config/brand/brand.ts';
import { getEnv, getKeys } from '../../config/env.ts';
import { toPersonFields } from '../../domain/documents/wallet-elements.ts';
import { WALLET_RESPONSE_FIELD } from '../../integrations/digital-credentials.ts';
import { log } from '../../observability/logger.ts';
import { getStore } from '../../store/store.ts';
import { getWalletRoots } from '../../wallet-id/get-wallet-roots.ts';
import { buildPresentationRequest } from '../../wallet-id/presentation-request.ts';
import { verifyPresentation } from '../../wallet-id/verify-presentation.ts';
import { createWalletSession, getNonceId, openWalletSession } from '../../wallet-id/wallet-session.ts';
import { type FillCustomerFormResult, fillCustomerForm } from './fill-customer-form.ts';
import { createTokenMark } from './form-check.ts';

type Device = Pick<CustomerDevice, 'draftToken' | 'clientIp'>;
type WalletRequest = {
  /** The page passes it on to the wallet. */
  request: ReturnType<typeof buildPresentationRequest>;
  /** The session for the browser's cookie. */
  sealed: string;
};

/** Returns whether the brand offers a wallet and the deployment trusts an issuer. */
export const isWalletOffered = (): boolean => getBrand().walletId && getWalletRoots() !== undefined;

/** Begins a request to the wallet of this browser. Undefined when no wallet is offered. */
export function startWalletRequest({ draftToken }: Device): WalletRequest | undefined {
  if (!isWalletOffered()) return undefined;
  const { nonce, sealed } = createWalletSession(createTokenMark(draftToken), getKeys(), new Date());
  return { request: buildPresentationRequest(nonce), sealed };
}

/**
 * Verifies the document that a wallet presents and fills the customer's form with it. The response is neither stored nor logged.
 *
 * @param sealed the session of this browser's cookie
 * @returns `refused`: the document is not one that we trust, or the request is too old or was answered before
 */
export async function fillFromWallet(
  device: Device,
  sealed: string | undefined,
  form: FormData,
): Promise<FillCustomerFormResult | { kind: 'refused' }> {
  const roots = getWalletRoots();
  const now = new Date();
  const subject = createTokenMark(device.draftToken);
  const session = openWalletSession(sealed, { subject, keys: getKeys(), now });
  if (!roots || !isWalletOffered() || !session) return refuse('session');
  const { usedLinks } = await getStore();
  const isFirst = await usedLinks.use(getNonceId(session.nonce), new Date(session.expiresAtMs));
  if (!isFirst) return refuse('replayed');
  const response = String(form.get(WALLET_RESPONSE_FIELD) ?? '');
  const { nonce } = session;
  const result = await verifyPresentation({ response, nonce, origin: getEnv().APP_ORIGIN, now, roots });
  if (result.kind === 'refused') return refuse(result.refusal);
  const fields = toPersonFields(result.elements);
  log({ event: 'wallet.verified', fields: Object.keys(fields).length });
  return fillCustomerForm(device, form, { fields, source: 'wallet' });
}

function refuse(cause: string): { kind: 'refused' } {
  log({ event: 'wallet.refused', cause });
  return { kind: 'refused' };
}
