/**
 * The request rules of the vendor's session-link and user routes, read from the vendor's documents on our own:
 * nothing here is shared with the product, so that two readings meet on the wire.
 */
export type Refusal = { code: string; reason: string };
type Json = Record<string, unknown>;

const GENDERS = ['Male', 'Female', 'Other', 'None'];
const LANGUAGES = ['en', 'es'];
const PAYMENT_TYPES = ['BankAccount', 'DigitalWallet', 'Card', 'UBN'];
const CARD_TYPES = ['DebitCard', 'CreditCard'];
const CARD_NETWORKS = [
  'NotApplicable',
  'UATP',
  'Visa',
  'ChinaUnionPay',
  'InterPayment',
  'DiscoverCard',
  'Dankort',
  'Cardguard',
  'MIR',
  'MasterCard',
  'Verve',
  'InstaPayment',
  'Maestro',
  'DinersClubInternational',
  'AmericanExpress',
  'JCB',
  'TROY',
];
const ALIAS = /^tok_(sandbox|live)_[a-z0-9]{10,40}(_\d{4})?$/i;

const buildSchemaRefusal = (reason: string): Refusal => ({ code: 'ERROR_INVALID_SCHEMA', reason });

type Kind = 'text' | 'number' | 'object' | 'boolean' | readonly string[];
type Shape = { required: readonly string[]; fields: Record<string, Kind> };

const PERSON: Record<string, Kind> = {
  firstName: 'text',
  lastName: 'text',
  lastName2: 'text',
  middleName: 'text',
  phoneNumber: 'text',
  email: 'text',
  dob: 'text',
  gender: GENDERS,
  address1: 'text',
  address2: 'text',
  address3: 'text',
  streetNumber: 'text',
  city: 'text',
  state: 'text',
  zipCode: 'text',
  countryCode: 'text',
  birthState: 'text',
  lang: LANGUAGES,
  placeDetail: 'text',
  latitude: 'number',
  longitude: 'number',
  callLocationLatitude: 'number',
  callLocationLongitude: 'number',
};
const REQUIRED = ['firstName', 'lastName', 'address1', 'city', 'state', 'countryCode', 'phoneNumber'];
const REGISTER_USER: Shape = { required: REQUIRED, fields: PERSON };
const SESSION_LINK: Shape = {
  required: REQUIRED,
  fields: { ...PERSON, paymentMethodType: PAYMENT_TYPES, ubnParams: 'object', addCardParams: 'object' },
};
const CARD: Shape = {
  required: ['name', 'cardtype', 'number', 'nameOnCard', 'expirationDate', 'cardNetwork'],
  fields: {
    name: 'text',
    cardtype: CARD_TYPES,
    number: 'text',
    nameOnCard: 'text',
    expirationDate: 'text',
    cardNetwork: CARD_NETWORKS,
    country: 'text',
    securityCode: 'text',
    currency: 'text',
  },
};
const UBN: Shape = {
  required: ['number'],
  fields: { number: 'text', isPrimary: 'boolean', currency: 'text', country: 'text', bankName: 'text' },
};

function isKind(value: unknown, kind: Kind): boolean {
  if (Array.isArray(kind)) return typeof value === 'string' && kind.includes(value);
  if (kind === 'text') return typeof value === 'string' && value.trim() !== '';
  if (kind === 'number') return typeof value === 'number' && Number.isFinite(value);
  if (kind === 'boolean') return typeof value === 'boolean';
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The schema is closed: unknown keys are refused unless the switch says that they are dropped. */
function checkShape(body: Json, shape: Shape, path: string, unknownKeys: string): Refusal | null {
  for (const name of shape.required) if (!(name in body)) return buildSchemaRefusal(`${path}${name} is required`);
  for (const [name, value] of Object.entries(body)) {
    const kind = Object.hasOwn(shape.fields, name) ? shape.fields[name] : undefined;
    if (kind === undefined) {
      if (unknownKeys === 'refuse') return buildSchemaRefusal(`${path}${name} is not a known property`);
    } else if (!isKind(value, kind)) return buildSchemaRefusal(`${path}${name} is not valid`);
  }
  return null;
}

function checkBirthDate(dob: unknown, now: Date): Refusal | null {
  if (dob === undefined) return null;
  const refusal = { code: 'ERROR_INVALID_DATE_OF_BIRTH', reason: 'Date of birth is not valid' };
  const parts = /^(\d{4})-(\d{2})-(\d{2})(T[\d:.]+(Z|[+-]\d{2}:\d{2}))?$/.exec(String(dob));
  if (!parts) return refusal;
  const [year, month, day] = parts.slice(1, 4).map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return refusal;
  const hadBirthday = (now.getUTCMonth() + 1) * 100 + now.getUTCDate() >= month * 100 + day;
  const age = now.getUTCFullYear() - year - (hadBirthday ? 0 : 1);
  return age >= 18 && age < 100 ? null : refusal;
}

/** Mexican CLABE: weights 3, 7, 1; each product modulo 10. */
function isClabe(number: string): boolean {
  if (!/^\d{18}$/.test(number)) return false;
  const sum = [...number.slice(0, 17)].reduce(
    (total, digit, index) => total + ((Number(digit) * [3, 7, 1][index % 3]!) % 10),
    0,
  );
  return (10 - (sum % 10)) % 10 === Number(number[17]);
}

function checkPlace(detail: unknown): Refusal | null {
  if (detail === undefined) return null;
  try {
    const place = JSON.parse(String(detail)) as Json;
    if (Array.isArray(place['address_components']) || Array.isArray(place['addressComponents'])) return null;
  } catch {}
  return buildSchemaRefusal('placeDetail is not a place detail in JSON');
}

function checkCard(body: Json, unknownKeys: string, now: Date): Refusal | null {
  const card = body['addCardParams'] as Json | undefined;
  if (card === undefined) return null;
  const refusal = checkShape(card, CARD, 'addCardParams.', unknownKeys);
  if (refusal) return refusal;
  // Our own rule: raw card data must never get this far, so anything but an alias is refused loudly.
  if (!ALIAS.test(String(card['number']))) return buildSchemaRefusal('addCardParams.number is not a vault alias');
  const code = card['securityCode'];
  if (code !== undefined && !ALIAS.test(String(code)))
    return buildSchemaRefusal('addCardParams.securityCode is not a vault alias');
  const expiry = /^(0[1-9]|1[0-2])(\d{2})$/.exec(String(card['expirationDate']));
  if (!expiry) return buildSchemaRefusal('addCardParams.expirationDate is not MMYY');
  const lastMonth = (2000 + Number(expiry[2])) * 12 + Number(expiry[1]);
  if (lastMonth < now.getUTCFullYear() * 12 + now.getUTCMonth() + 1)
    return buildSchemaRefusal('addCardParams.expirationDate is past');
  return null;
}

function checkUbn(body: Json, unknownKeys: string, addedAccounts: ReadonlySet<string>): Refusal | null {
  const ubn = body['ubnParams'] as Json | undefined;
  if (ubn === undefined) return null;
  const refusal = checkShape(ubn, UBN, 'ubnParams.', unknownKeys);
  if (refusal) return refusal;
  const number = String(ubn['number']);
  if ((ubn['country'] ?? body['countryCode']) === 'MX' && !isClabe(number)) {
    return { code: 'UBN_VALIDATION_ERROR', reason: 'The account number failed validation' };
  }
  return addedAccounts.has(number) ? { code: 'UBN_ALREADY_ADDED', reason: 'The account was already added' } : null;
}

export function checkPhone(phone: unknown): Refusal | null {
  return /^\+[1-9]\d{7,14}$/.test(String(phone))
    ? null
    : { code: 'INVALID_PHONE_NUMBER', reason: 'Phone number must be in E.164 format' };
}

/** Calling codes of the countries that the vendor's documents name (ITU-T E.164). Of any other country nothing is said. */
const CALLING_CODES: Record<string, string> = { CO: '57', GT: '502', HN: '504', MX: '52', SV: '503', US: '1' };

/** The vendor's row for it: the phone's country and `countryCode` disagree. */
function checkPhoneCountry(phone: unknown, country: string): Refusal | null {
  const code = CALLING_CODES[country];
  return code === undefined || String(phone).startsWith(`+${code}`)
    ? null
    : { code: 'ERROR_COUNTRY_NOT_SUPPORTED', reason: 'The country of the phone number is not supported' };
}

export function checkEmail(email: unknown): Refusal | null {
  return email === undefined || /^[^\s@\0]+@[^\s@\0]+\.[^\s@\0]+$/.test(String(email))
    ? null
    : { code: 'ERROR_INVALID_EMAIL_FORMAT', reason: 'Email is not valid' };
}

/** The person's part, which registering and asking for a link share. */
function checkPerson(body: Json, shape: Shape, unknownKeys: string, now: Date): Refusal | null {
  const country = String(body['countryCode'] ?? '');
  return (
    checkShape(body, shape, '', unknownKeys) ??
    (/^[A-Z]{2}$/.test(country) ? null : buildSchemaRefusal('countryCode is not ISO 3166-1 alpha-2')) ??
    checkBirthDate(body['dob'], now) ??
    checkEmail(body['email']) ??
    checkPhone(body['phoneNumber']) ??
    checkPhoneCountry(body['phoneNumber'], country) ??
    checkPlace(body['placeDetail'])
  );
}

/** Why `POST /v1/auth/sessionlink-v2` refuses this body, or null. */
export function checkSessionLink(
  body: Json,
  { now, unknownKeys, addedAccounts }: { now: Date; unknownKeys: string; addedAccounts: ReadonlySet<string> },
): Refusal | null {
  return (
    checkPerson(body, SESSION_LINK, unknownKeys, now) ??
    checkCard(body, unknownKeys, now) ??
    checkUbn(body, unknownKeys, addedAccounts)
  );
}

/** Why `POST /v1/auth/register-user-v2` refuses this body, or null. */
export function checkRegisterUser(body: Json, { now, country }: { now: Date; country: string }): Refusal | null {
  if (typeof body['countryCode'] === 'string' && body['countryCode'] !== country) {
    return { code: 'ERROR_INVALID_COUNTRY_CODE', reason: "countryCode is not the tenant's country" };
  }
  return checkPerson(body, REGISTER_USER, 'refuse', now);
}
