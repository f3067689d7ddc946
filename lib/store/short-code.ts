import { randomInt } from 'node:crypto';
import { normalizeCodeText } from '../domain/text/normalize.ts';

/** Characters without look-alikes. Eight of them make about 10¹¹ codes. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const LENGTH = 8;

/** Generates a code that people read aloud and type. */
export const generateCode = () => Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');

/** Returns a typed code in its stored form, without case and separators. */
export const normalizeCode = (input: string) =>
  normalizeCodeText(input)
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '');

/** Generates the two digits that both screens show. */
export const generateConfirmationCode = () => String(randomInt(10, 100));
