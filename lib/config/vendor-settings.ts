import 'server-only';
import { getEnv } from './env.ts';

/** What the browser needs to load Google's script. The key is one that Google restricts by referrer: it is public. */
export type PlacesSettings = { apiKey: string; apiUrl: string | undefined };

/** What the browser needs to load VGS Collect. `origins` are tried in turn: the host and its mirror. */
export type VaultSettings = {
  vaultId: string;
  environment: string;
  version: string;
  integrity: string | undefined;
  routeId: string | undefined;
  /** `proxy` posts through the vault's route to an echo, `tokenize` asks the vault for aliases (integrations page, B3). */
  mode: 'proxy' | 'tokenize';
  origins: readonly string[];
};

/** VGS serves the script from a main host and a mirror (integrations page, B1). */
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
