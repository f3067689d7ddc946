/**
 * From the brand that the hosted field reports to the vendor's `cardNetwork` (session-link contract, section 4). Brands are
 * spelled as the vault's SDKs and card libraries spell them; `docs/vendor-notes.md` says what is not published. A brand that
 * is not here is an error.
 */
const NETWORKS_BY_BRAND = {
  visa: 'Visa',
  visaelectron: 'Visa',
  mastercard: 'MasterCard',
  amex: 'AmericanExpress',
  discover: 'DiscoverCard',
  diners: 'DinersClubInternational',
  dinersclub: 'DinersClubInternational',
  dinclub: 'DinersClubInternational',
  jcb: 'JCB',
  maestro: 'Maestro',
  unionpay: 'ChinaUnionPay',
  dankort: 'Dankort',
} as const;

/** Brands that the vault knows and the vendor has no network for. */
export const BRANDS_WITHOUT_NETWORK = ['elo', 'forbrugsforeningen', 'hiper', 'hipercard', 'unknown'] as const;

export type CardNetwork = (typeof NETWORKS_BY_BRAND)[keyof typeof NETWORKS_BY_BRAND];
export const CARD_NETWORKS = [...new Set(Object.values(NETWORKS_BY_BRAND))];

export function getCardNetwork(brand: string): CardNetwork | undefined {
  const brandKey = brand.toLowerCase().replace(/[^a-z]/g, '');
  return Object.hasOwn(NETWORKS_BY_BRAND, brandKey)
    ? NETWORKS_BY_BRAND[brandKey as keyof typeof NETWORKS_BY_BRAND]
    : undefined;
}
