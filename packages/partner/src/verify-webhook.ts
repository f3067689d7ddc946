import type { ApplicationEvent } from './application-types.ts';

export type WebhookRequest = {
  /** Of a `Request`, or of Node's `IncomingMessage`: names in lower case. */
  headers: Headers | Record<string, string | string[] | undefined>;
  /** The body as received, before any parser. */
  body: string;
};

/** The request is not a webhook of the app, or it is too old. */
export class WebhookError extends Error {
  override name = 'WebhookError';
}

/** Seconds that the time of a webhook may differ from ours (Standard Webhooks: protects from replays). */
const TOLERANCE_SECONDS = 300;

/**
 * Verifies a webhook (Standard Webhooks 1.x) and returns its event.
 *
 * @param secrets `whsec_<base64>` or `whpk_<base64>`; one of them must fit one of the signatures
 * @throws WebhookError when none fits, a header is missing, or the time is more than five minutes off
 */
export async function verifyWebhook(
  { headers, body }: WebhookRequest,
  secrets: readonly string[],
  now = new Date(),
): Promise<ApplicationEvent> {
  const [id, timestamp, signatures] = ['id', 'timestamp', 'signature'].map((name) =>
    readHeader(headers, `webhook-${name}`),
  );
  if (!id || !timestamp || !signatures) throw new WebhookError('A header is missing');
  const ageSeconds = Math.abs(now.getTime() / 1_000 - Number(timestamp));
  if (!(ageSeconds <= TOLERANCE_SECONDS)) throw new WebhookError('The time is more than five minutes off');
  const content = new TextEncoder().encode(`${id}.${timestamp}.${body}`);
  for (const secret of secrets) {
    const { version, verify } = await readSecret(secret);
    for (const entry of signatures.split(' ')) {
      const [entryVersion, signature = ''] = entry.split(',');
      const bytes = entryVersion === version ? decodeBase64(signature) : undefined;
      if (bytes && (await verify(bytes, content))) return JSON.parse(body) as ApplicationEvent;
    }
  }
  throw new WebhookError('No signature fits');
}

function readHeader(headers: WebhookRequest['headers'], name: string): string | undefined {
  const value = headers instanceof Headers ? headers.get(name) : headers[name];
  return typeof value === 'string' ? value : undefined;
}

type Verifier = (signature: Uint8Array<ArrayBuffer>, content: Uint8Array<ArrayBuffer>) => Promise<boolean>;

async function readSecret(secret: string): Promise<{ version: 'v1' | 'v1a'; verify: Verifier }> {
  const [prefix, text = ''] = secret.split('_');
  const bytes = decodeBase64(text);
  if (bytes && prefix === 'whsec') {
    const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
    return { version: 'v1', verify: (signature, content) => crypto.subtle.verify('HMAC', key, signature, content) };
  }
  if (bytes && prefix === 'whpk') {
    const key = await crypto.subtle.importKey('raw', bytes, 'Ed25519', false, ['verify']);
    return { version: 'v1a', verify: (signature, content) => crypto.subtle.verify('Ed25519', key, signature, content) };
  }
  // The text is a secret, so the error does not quote it.
  throw new TypeError('A secret begins with whsec_ or whpk_ and continues in base64');
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined;
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
