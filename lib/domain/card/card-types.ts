/** The vendor's values. */
export const CARD_TYPES = ['DebitCard', 'CreditCard'] as const;
