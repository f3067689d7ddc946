import 'server-only';
import { env } from '../config/env.ts';
import { openPglite, openPostgres } from './database.ts';
import { type Drafts, draftStore } from './drafts.ts';
import { type Submissions, submissionStore } from './submissions.ts';

export type Store = { drafts: Drafts; submissions: Submissions; close: () => Promise<void> };

const SLOT = Symbol.for('front-door.store');
type Holder = { [SLOT]?: Promise<Store> | undefined };

/**
 * The store of this process, opened on first use. It hangs on `globalThis` because the framework bundles pages,
 * actions and `instrumentation.ts` apart, each with a copy of this module, and the embedded database opens once only.
 */
export function store(): Promise<Store> {
  const holder = globalThis as Holder;
  holder[SLOT] ??= open();
  return holder[SLOT];
}

async function open(): Promise<Store> {
  const { DATABASE_URL, DATA_DIR, DATA_KEY } = env();
  const { database, close } = DATABASE_URL ? await openPostgres(DATABASE_URL) : await openPglite(DATA_DIR);
  const now = () => new Date();
  return { drafts: draftStore(database, DATA_KEY, now), submissions: submissionStore(database, DATA_KEY, now), close };
}
