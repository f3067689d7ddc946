import { isCodeAlias, isNumberAlias, lastFour } from '../domain/card/alias.ts';
import { toMonthYear } from '../domain/card/expiry.ts';
import { networkOfBrand } from '../domain/card/networks.ts';

/** What the hosted fields are called. The vault's route redacts by these names (contract, section 8). */
export const HOSTED_FIELDS = { number: 'CardNumber', expirationDate: 'ExpirationDate', securityCode: 'Cvv' } as const;

export type TokenizedCard = { number: string; securityCode: string; expirationDate: string; cardNetwork: string };
export type VaultProblem = 'card.network' | 'card.refused' | 'card.busy' | 'card.fault';
type Shown = { last4: string | undefined; brand: string | undefined };

/**
 * Reads the vault's answer. It comes from an echo behind the vault, so only the named fields are taken, and a value
 * that is not an alias (a route set up wrongly sends the card number back) is a fault and goes nowhere.
 */
export function readVaultAnswer(
  status: number | null,
  body: unknown,
  { last4, brand }: Shown,
  environment: string,
): { card: TokenizedCard } | { problem: VaultProblem } {
  if (status === null || status === 429 || status >= 500) return { problem: 'card.busy' };
  if (status === 400 || status === 422) return { problem: 'card.refused' };
  if (status !== 200) return { problem: 'card.fault' };
  const cardNetwork = networkOfBrand(brand ?? '');
  if (!cardNetwork) return { problem: 'card.network' };
  const number = textIn(body, HOSTED_FIELDS.number);
  const securityCode = textIn(body, HOSTED_FIELDS.securityCode);
  const expirationDate = toMonthYear(textIn(body, HOSTED_FIELDS.expirationDate));
  const isGood =
    isNumberAlias(number, environment) && lastFour(number) === last4 && isCodeAlias(securityCode, environment);
  return isGood && expirationDate
    ? { card: { number, securityCode, expirationDate, cardNetwork } }
    : { problem: 'card.fault' };
}

function textIn(body: unknown, name: string): string {
  const json = isRecord(body) ? body['json'] : undefined;
  const value = isRecord(json) ? json[name] : undefined;
  return typeof value === 'string' ? value : '';
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
