/** An address as the tests type it. */
export const TYPED_ADDRESS = {
  address1: 'Calle Dos 10',
  zipCode: '03800',
  city: 'San Pedro de los Pinos',
  state: 'Ciudad de México',
};

/** The same address as a partner sends it and as the upstream receives it. */
export const SENT_ADDRESS = { ...TYPED_ADDRESS, state: 'CDMX', countryCode: 'MX' };
