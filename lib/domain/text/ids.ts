/** Checks a UUID (RFC 9562, section 4). Postgres fails on any other text. */
export const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

/** Returns the first eight digits of a submission's id, as pages, the console and the operators' commands show it. */
export const getReference = (submissionId: string): string => submissionId.slice(0, 8).toUpperCase();

/** Checks an id that is the SHA-256 of a token, in base64url. */
export const isTokenId = (text: string): boolean => /^[\w-]{43}$/.test(text);
