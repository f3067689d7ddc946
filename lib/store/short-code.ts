import { randomInt } from 'node:crypto';
import { normalizeCodeText } from '../domain/text/normalize.ts';

/** What nobody takes for something else when it is read out, and how many of them: one in 10¹¹. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const LENGTH = 8;

/** A code that people read out and type. */
export const generateCode = () => Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');

/** A code as people type it: any case, any separators. */
export const normalizeCode = (input: string) =>
  normalizeCodeText(input)
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '');

/** Two digits that both screens show. */
export const generateConfirmationCode = () => String(randomInt(10, 100));
