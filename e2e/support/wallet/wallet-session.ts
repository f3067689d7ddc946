import { X509Certificate } from 'node:crypto';
import { makeAuthority, makeSigner, type TestCertificate } from './issuer-certificates.ts';
import { makeDeviceResponse, type PresentationOptions, presentDocument } from './present-document.ts';

/** A request of ours, and an issuer that we trust. */
export async function makeWalletSession() {
  const now = new Date('2026-11-28T12:00:00Z');
  const origin = 'https://start.example.com';
  const nonce = 'exc7gBkxjx1rdc9udRrveKvSsJIq80avlXeLHhGwqtA';
  const authority = await makeAuthority(now);
  const signer = await makeSigner(authority, now);
  const request = { nonce, origin, now };
  return {
    now,
    authority,
    signer,
    /** The server's side of the session when the response comes. */
    expected: { ...request, roots: [toRoot(authority)] },
    respond: (options: Partial<PresentationOptions> = {}) => makeDeviceResponse({ signer, ...request, ...options }),
    present: (options: Partial<PresentationOptions> = {}) => presentDocument({ signer, ...request, ...options }),
  };
}

export const toRoot = ({ certificate }: TestCertificate) => new X509Certificate(certificate.toString());
