import 'server-only';
import parsePhoneNumber from 'libphonenumber-js/mobile';

/** A number as people read it, with its calling code: `+52 55 2120 6706`. @param e164 ITU-T E.164 */
export const formatPhone = (e164: string): string => parsePhoneNumber(e164)?.formatInternational() ?? e164;
