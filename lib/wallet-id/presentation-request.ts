import { REQUIRED_ELEMENTS, WALLET_ELEMENTS } from '../domain/documents/wallet-elements.ts';
import { COSE_ALGORITHMS } from './cose-signature.ts';

/** The namespace of ISO/IEC 18013-5, 7.2.1. Google's ID pass uses the same elements. */
export const MDL_NAMESPACE = 'org.iso.18013.5.1';

/** Document types by the id of their query (OpenID4VP 1.0, 6.1). */
export const DOC_TYPES = { mdl: 'org.iso.18013.5.1.mDL', idpass: 'com.google.wallet.idcard.1' } as const;

export type CredentialId = keyof typeof DOC_TYPES;
export const CREDENTIAL_IDS = Object.keys(DOC_TYPES) as CredentialId[];

const buildCredentialQuery = (id: CredentialId) => ({
  id,
  format: 'mso_mdoc',
  meta: { doctype_value: DOC_TYPES[id] },
  // No portrait and no document number: the form has no field for them.
  claims: WALLET_ELEMENTS.map((name) => ({ id: name, path: [MDL_NAMESPACE, name], intent_to_retain: true })),
  // A document without an address or a sex is welcome, too.
  claim_sets: [WALLET_ELEMENTS, REQUIRED_ELEMENTS],
});

/**
 * Builds the request to the wallet (OpenID4VP 1.0, 5 and A.3.1). An unsigned request has no `client_id`: the wallet takes the origin
 * that the browser reports.
 *
 * @param nonce of this request alone; the wallet signs it
 */
export const buildPresentationRequest = (nonce: string) => ({
  response_type: 'vp_token',
  response_mode: 'dc_api',
  nonce,
  client_metadata: {
    vp_formats_supported: {
      mso_mdoc: { issuerauth_alg_values: COSE_ALGORITHMS, deviceauth_alg_values: COSE_ALGORITHMS },
    },
  },
  dcql_query: {
    credentials: CREDENTIAL_IDS.map(buildCredentialQuery),
    credential_sets: [{ options: CREDENTIAL_IDS.map((id) => [id]) }],
  },
});
