/**
 * The vendor's `cardNetwork` by the brand that the hosted field reports (docs/vendor-notes.md#5-raas-payment-methods). The
 * vault does not publish its brands (docs/vendor-notes.md#14-not-published); a brand that is not listed is an error.
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

/** Brands of the vault without a network at the vendor. */
export const BRANDS_WITHOUT_NETWORK = ['elo', 'forbrugsforeningen', 'hiper', 'hipercard', 'unknown'] as const;

export type CardNetwork = (typeof NETWORKS_BY_BRAND)[keyof typeof NETWORKS_BY_BRAND];
export const CARD_NETWORKS = [...new Set(Object.values(NETWORKS_BY_BRAND))];

export function getCardNetwork(brand: string): CardNetwork | undefined {
  const brandKey = brand.toLowerCase().replace(/[^a-z]/g, '');
  return Object.hasOwn(NETWORKS_BY_BRAND, brandKey)
    ? NETWORKS_BY_BRAND[brandKey as keyof typeof NETWORKS_BY_BRAND]
    : undefined;
}
