/** Field of the form that takes the wallet's response, as JSON. */
export const WALLET_RESPONSE_FIELD = 'walletResponse';

/** The exchange protocol of OpenID4VP 1.0, A.1, without a signature of the request. */
const PROTOCOL = 'openid4vp-v1-unsigned';

const REQUEST_TIMEOUT_MS = 10_000;
/** The server's session lives a minute longer. */
const WALLET_TIMEOUT_MS = 240_000;
/** A request that waits for a second press leaves the wallet most of the session. */
const MAX_WAIT_MS = 60_000;

/** A request of our server, which has not reached the wallet yet. */
type WalletRequest = { data: unknown; readAtMs: number };

export type WalletAnswer =
  | { kind: 'presented'; response: string }
  /** The request came so late after the press that the browser wants a new one. */
  | { kind: 'retry'; request: WalletRequest }
  /** The customer declined, there is no wallet, or a time was over. */
  | { kind: 'nothing' };

/** Tells whether this browser can ask a wallet (Digital Credentials, W3C). Some browsers know other protocols only. */
export function canAskWallet(): boolean {
  if (!('DigitalCredential' in window)) return false;
  const { userAgentAllowsProtocol } = DigitalCredential as Partial<typeof DigitalCredential>;
  return userAgentAllowsProtocol === undefined || DigitalCredential.userAgentAllowsProtocol(PROTOCOL);
}

/**
 * Asks the customer's wallet for a document. Call it in the handler of a press, which the browser requires.
 *
 * @param path from which our server's request comes
 * @param earlier the request of an attempt that wanted a new press
 */
export async function askWallet(path: string, earlier: WalletRequest | undefined): Promise<WalletAnswer> {
  try {
    const isUsable = earlier !== undefined && Date.now() - earlier.readAtMs < MAX_WAIT_MS;
    const request = isUsable ? earlier : await fetchRequest(path);
    if (!navigator.userActivation.isActive) return { kind: 'retry', request };
    const credential = await navigator.credentials.get({
      digital: { requests: [{ protocol: PROTOCOL, data: request.data }] },
      mediation: 'required',
      signal: AbortSignal.timeout(WALLET_TIMEOUT_MS),
    } as CredentialRequestOptions);
    return credential instanceof DigitalCredential
      ? { kind: 'presented', response: JSON.stringify(credential.data) }
      : { kind: 'nothing' };
  } catch {
    return { kind: 'nothing' };
  }
}

async function fetchRequest(path: string): Promise<WalletRequest> {
  const signal = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
  const response = await fetch(path, { method: 'POST', body: new URLSearchParams(), signal });
  if (!response.ok) throw new Error(`The server answered ${response.status}`);
  return { data: await response.json(), readAtMs: Date.now() };
}
