import 'server-only';
import { getEnv } from './env.ts';

/** Settings for Google's script in the browser. The key is public; Google restricts it by referrer. */
export type PlacesSettings = { apiKey: string; apiUrl: string | undefined };

/** Settings for VGS Collect in the browser. `origins`: the host and its mirror, tried in turn. */
export type VaultSettings = {
  vaultId: string;
  environment: string;
  version: string;
  integrity: string | undefined;
  routeId: string | undefined;
  /** docs/vendor-notes.md#12-vgs-answers */
  mode: 'proxy' | 'tokenize';
  origins: readonly string[];
};

const VGS_ORIGINS = ['https://js.verygoodvault.com', 'https://js3.verygoodvault.com'];

export function getPlacesSettings(): PlacesSettings | undefined {
  const { GOOGLE_MAPS_API_KEY, GOOGLE_MAPS_API_URL } = getEnv();
  return GOOGLE_MAPS_API_KEY ? { apiKey: GOOGLE_MAPS_API_KEY, apiUrl: GOOGLE_MAPS_API_URL } : undefined;
}

export function getVaultSettings(): VaultSettings | undefined {
  const { VGS_VAULT_ID, VGS_ENVIRONMENT, VGS_COLLECT_VERSION, VGS_COLLECT_INTEGRITY, VGS_ROUTE_ID, ...rest } = getEnv();
  const { VGS_COLLECT_URL, VGS_MODE } = rest;
  if (!VGS_VAULT_ID || !VGS_ENVIRONMENT || !VGS_COLLECT_VERSION) return undefined;
  return {
    vaultId: VGS_VAULT_ID,
    environment: VGS_ENVIRONMENT,
    version: VGS_COLLECT_VERSION,
    integrity: VGS_COLLECT_INTEGRITY,
    routeId: VGS_ROUTE_ID,
    mode: VGS_MODE,
    origins: VGS_COLLECT_URL ? [VGS_COLLECT_URL] : VGS_ORIGINS,
  };
}
