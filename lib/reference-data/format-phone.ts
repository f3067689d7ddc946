import 'server-only';
import parsePhoneNumber from 'libphonenumber-js/mobile';

/** Formats an E.164 number with spaces: `+52 55 2120 6706`. */
export const formatPhone = (e164: string): string => parsePhoneNumber(e164)?.formatInternational() ?? e164;
