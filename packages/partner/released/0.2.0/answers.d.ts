type AccountAnswers = {
    /** Account number; in Mexico the CLABE. */
    number?: string | undefined;
};
/** Number, expiry and security code are not allowed: the customer types them. */
type CardAnswers = {
    cardtype?: 'DebitCard' | 'CreditCard' | undefined;
    nameOnCard?: string | undefined;
    /** The country where the card was issued, ISO 3166-1 alpha-2. */
    country?: string | undefined;
};
/** What your server knows about the customer. All answers are optional, and none may be `null`. */
export type Answers = {
    firstName?: string | undefined;
    middleName?: string | undefined;
    /** The first surname. */
    lastName?: string | undefined;
    lastName2?: string | undefined;
    /** Date of birth, `YYYY-MM-DD`. */
    dob?: string | undefined;
    /** A mobile number, best in E.164: `+525512345678`. */
    phoneNumber?: string | undefined;
    email?: string | undefined;
    gender?: 'Male' | 'Female' | 'Other' | 'None' | undefined;
    /** Name, short name or ISO 3166-2 code of a state of the app's own country. */
    birthState?: string | undefined;
    /** Street and number. */
    address1?: string | undefined;
    /** Apartment or interior number. */
    address2?: string | undefined;
    /** In Mexico, the municipality or borough. */
    address3?: string | undefined;
    /** The number alone. */
    streetNumber?: string | number | undefined;
    /** A text: a number loses zeros. */
    zipCode?: string | undefined;
    /** In Mexico, the colonia. */
    city?: string | undefined;
    /** Name, short name or ISO 3166-2 code. */
    state?: string | undefined;
    /** ISO 3166-1 alpha-2. */
    countryCode?: string | undefined;
    /** A text of JSON, of a Google place, whose `geometry.location` equals `latitude` and `longitude`. */
    placeDetail?: string | undefined;
    latitude?: string | number | undefined;
    longitude?: string | number | undefined;
    paymentMethodType?: 'Card' | 'UBN' | 'BankAccount' | 'DigitalWallet' | undefined;
    ubnParams?: AccountAnswers | undefined;
    addCardParams?: CardAnswers | undefined;
};
/** The name of an answer or of a group of answers, such as `ubnParams.number` or `ubnParams`. */
export type AnswerName = keyof Answers | `ubnParams.${keyof AccountAnswers}` | `addCardParams.${keyof CardAnswers}`;
export {};
