import type { PaymentMethodType } from './journey-context.ts';
import type { Locale } from './locale.ts';

type CardParams = {
  name: string;
  cardtype: 'DebitCard' | 'CreditCard';
  number: string;
  nameOnCard: string;
  expirationDate: string;
  cardNetwork: string;
  country?: string | undefined;
  securityCode?: string | undefined;
  currency?: string | undefined;
};

export type UbnParams = {
  number: string;
  country?: string | undefined;
  currency?: string | undefined;
  bankName?: string | undefined;
};

/**
 * Body of `POST /v1/auth/sessionlink-v2`. The vendor's schema is closed: no other key may be sent, and no empty value
 * (docs/vendor-notes.md#1-raas-request).
 */
export type SessionLinkRequest = {
  firstName: string;
  middleName?: string | undefined;
  lastName: string;
  lastName2?: string | undefined;
  dob: string;
  gender?: 'Male' | 'Female' | 'Other' | 'None' | undefined;
  birthState?: string | undefined;
  phoneNumber: string;
  email?: string | undefined;
  address1: string;
  address2?: string | undefined;
  address3?: string | undefined;
  streetNumber?: string | undefined;
  city: string;
  state: string;
  zipCode?: string | undefined;
  countryCode: string;
  placeDetail?: string | undefined;
  latitude?: number | undefined;
  longitude?: number | undefined;
  callLocationLatitude?: number | undefined;
  callLocationLongitude?: number | undefined;
  lang: Locale;
  paymentMethodType: PaymentMethodType;
  ubnParams?: UbnParams | undefined;
  addCardParams?: CardParams | undefined;
};
