/** Field of the form that takes the wallet's response, as JSON. */
export const WALLET_RESPONSE_FIELD = 'walletResponse';

/** The name of the exchange protocol for requests without a signature (OpenID4VP 1.0, A.1). */
const PROTOCOL = 'openid4vp-v1-unsigned';

const REQUEST_TIMEOUT_MS = 10_000;
/** The server's session lasts 300 s: the wallet's time and the longest wait for a second press. */
const WALLET_TIMEOUT_MS = 240_000;
const MAX_WAIT_MS = 60_000;

/** A request of our server that no wallet has received yet. */
type WalletRequest = { data: unknown; readAtMs: number };

export type WalletAnswer =
  | { kind: 'presented'; response: string }
  /** The request came so late after the press that the browser wants a new press. */
  | { kind: 'retry'; request: WalletRequest }
  /** The customer declined, there is no wallet, the server failed, or a time limit passed. */
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
 * @param path of our server that returns a request
 * @param unusedRequest the request of an attempt that ended with `retry`
 */
export async function askWallet(path: string, unusedRequest: WalletRequest | undefined): Promise<WalletAnswer> {
  try {
    const isUsable = unusedRequest !== undefined && Date.now() - unusedRequest.readAtMs < MAX_WAIT_MS;
    const request = isUsable ? unusedRequest : await fetchRequest(path);
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
