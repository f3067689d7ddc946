import type * as z from 'zod/mini';
import type { brandSchema } from './brand-schema.ts';

/** The meaning of each name of the brand file, as `docs/configuration.md` prints it. */
export const BRAND_DESCRIPTIONS: Record<keyof z.output<typeof brandSchema>, string> = {
  name: 'Required. The partner’s name as customers know it, at most 40 characters',
  logo: 'File name of an SVG or PNG beside the brand file, at most 64 kB',
  colors:
    '`light` and `dark`, each with any of the roles in `lib/config/brand/theme.ts` as `#rrggbb`. `accent` is enough: the app derives the text on it and its hover colour. The boot refuses contrast below 4.5:1 for text and 3:1 for edges and focus, and names the nearest colour that passes',
  formOfAddress: 'Form of address in Spanish: `tu` (default) or `usted`',
  words:
    '`en` and `es`: texts that replace those of `lib/i18n/messages`, by key, such as `"start.title"`. Placeholders must stay',
  contact: '`phone`, `email`, `url`, shown in the footer of every page for customers',
  legal: '`terms` and `privacy`, each with an https address for `en` and `es`',
  consent:
    'Required. `version` and the text in `en` and `es` above the last button; the app replaces `{brand}` by the name. The app stores its version, SHA-256, language and time with each submission',
  askCallLocation: '`true`: the app asks customers to share the position of their device. Default `false`',
  countries:
    'Countries where customers may live, the tenant’s first. The phone number must be a mobile of one of them, and of the country of the address. Default: the tenant’s country alone',
  paymentMethodTypes:
    'Payment methods, in this order: `Card`, `UBN` (account number), `BankAccount`, `DigitalWallet`. With only one, the app does not ask. Default: all',
  documents:
    'Documents whose code fills the identity form, read on the customer’s device: `curp` (Mexican CURP certificate or card, or a typed CURP), `licence` (driving licence of the United States or Canada). Default: none ([what they fill](document-mapping.md))',
  walletId:
    '`true`: the page that reads `documents` also offers the driving licence in the customer’s wallet, where the browser has wallets and `WALLET_ID_ROOTS_FILE` has the root certificate of an issuer. It needs an entry in `documents`. Default: `false`',
  fields:
    '`lastName2`, `middleName`, `email`, `gender`, `birthState`: each `optional` (default), `required` or `hidden`. With `required`, a customer with one surname or without an e-mail ticks a box that says so',
};
