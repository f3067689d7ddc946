/** Fields of the address step in tests that post the form without a page. The checkboxes and the other colonia are left out. */
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
