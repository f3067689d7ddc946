import { getLastFour, isCodeAlias, isNumberAlias } from '../../domain/card/alias.ts';
import { toMonthYear } from '../../domain/card/expiry.ts';
import { getCardNetwork } from '../../domain/card/networks.ts';
import type { BrowserReport } from '../../observability/browser-reports.ts';

/** The vault's route redacts by these field names (docs/vendor-notes.md#12-vgs-answers). */
export const HOSTED_FIELDS = { number: 'CardNumber', expirationDate: 'ExpirationDate', securityCode: 'Cvv' } as const;

export type TokenizedCard = {
  number: string;
  securityCode: string;
  expirationDate: string;
  cardNetwork: string;
  lastFour: string;
};
export type VaultProblem = 'card.network' | 'card.refused' | 'card.busy' | 'card.fault';
/** A fault that an operator has to fix. */
type VaultFault = Extract<BrowserReport, 'vault.route' | 'vault.answer'>;
type DisplayedCard = { last4: string | undefined; brand: string | undefined };
export type VaultResponse = { status: number | null; body: unknown };

/**
 * Parses the vault's answer: `json.<field>` in `proxy` mode, the fields alone in `tokenize` mode
 * (docs/vendor-notes.md#12-vgs-answers). A value that is not an alias is a fault: a wrong route returns the card number.
 */
export function parseVaultResponse(
  { status, body }: VaultResponse,
  { last4 = '', brand = '' }: DisplayedCard,
  { environment, mode }: { environment: string; mode: 'proxy' | 'tokenize' },
): { card: TokenizedCard } | { problem: VaultProblem; fault?: VaultFault } {
  if (status === null || status === 429 || status >= 500) return { problem: 'card.busy' };
  if (status === 400 || status === 422) return { problem: 'card.refused' };
  if (status !== 200 && status !== 201) return { problem: 'card.fault', fault: 'vault.route' };
  const cardNetwork = getCardNetwork(brand);
  if (!cardNetwork) return { problem: 'card.network' };
  const fields = mode === 'tokenize' ? body : isRecord(body) ? body['json'] : undefined;
  const number = getText(fields, HOSTED_FIELDS.number);
  const securityCode = getText(fields, HOSTED_FIELDS.securityCode);
  const expirationDate = toMonthYear(getText(fields, HOSTED_FIELDS.expirationDate));
  const isValid =
    isNumberAlias(number, environment) &&
    (getLastFour(number) ?? last4) === last4 &&
    /^\d{4}$/.test(last4) &&
    isCodeAlias(securityCode, environment);
  return isValid && expirationDate
    ? { card: { number, securityCode, expirationDate, cardNetwork, lastFour: last4 } }
    : { problem: 'card.fault', fault: 'vault.answer' };
}

function getText(fields: unknown, name: string): string {
  const value = isRecord(fields) ? fields[name] : undefined;
  return typeof value === 'string' ? value : '';
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
