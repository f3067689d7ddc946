import { createHash, randomBytes } from 'node:crypto';

/** 256 bits; ASVS 11.5.1 requires 128. */
const TOKEN_BYTES = 32;

/** Generates a secret bearer token. The store keeps only its hash. */
export const generateToken = () => randomBytes(TOKEN_BYTES).toString('base64url');

/** Returns the id of a token's row, which does not reveal the token. */
export const hashToken = (token: string) => createHash('sha256').update(token).digest('base64url');
