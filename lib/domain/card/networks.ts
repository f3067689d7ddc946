/** From the brand that the hosted field reports to the vendor's `cardNetwork`. A brand that is not here is an error. */
const NETWORK_OF_BRAND = {
  visa: 'Visa',
  mastercard: 'MasterCard',
  amex: 'AmericanExpress',
  discover: 'DiscoverCard',
  dinersclub: 'DinersClubInternational',
  jcb: 'JCB',
  maestro: 'Maestro',
  unionpay: 'ChinaUnionPay',
} as const;

export type CardNetwork = (typeof NETWORK_OF_BRAND)[keyof typeof NETWORK_OF_BRAND];
export const CARD_NETWORKS = Object.values(NETWORK_OF_BRAND);

export function networkOfBrand(brand: string): CardNetwork | undefined {
  return Object.hasOwn(NETWORK_OF_BRAND, brand) ? NETWORK_OF_BRAND[brand as keyof typeof NETWORK_OF_BRAND] : undefined;
}
