import type { Keys } from '../crypto/encryption.ts';
import type { Database } from './database.ts';

/** The collaborators of a repository whose rows have encrypted columns. */
export type RepositoryContext = { database: Database; keys: Keys; now: () => Date };
