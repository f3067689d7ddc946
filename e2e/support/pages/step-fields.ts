/** The names of the address step's fields. */
export const ADDRESS_FIELDS = [
  'address1',
  'address2',
  'zipCode',
  'city',
  'address3',
  'state',
  'countryCode',
  'streetNumber',
  'placeDetail',
  'latitude',
  'longitude',
] as const;
/** The names of the payment step's fields. */
export const PAYMENT_FIELDS = ['paymentMethodType', 'ubnParams.number'] as const;
