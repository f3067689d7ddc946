import { createHash, randomBytes } from 'node:crypto';

/** 256 bits: far over what ASVS 11.5.1 asks of an unguessable value. */
const TOKEN_BYTES = 32;

/** A secret that opens something. Whoever keeps it may come in; the store keeps only its hash. */
export const generateToken = () => randomBytes(TOKEN_BYTES).toString('base64url');

/** The id under which the store keeps what a token opens: reading the tables opens nothing. */
export const hashToken = (token: string) => createHash('sha256').update(token).digest('base64url');
