/** `npm run keys -- status | reencrypt | give-up <key id>` */
import { getKeys } from '../config/env.ts';
import { type KeyUse, reencrypt } from '../store/reencrypt.ts';
import { createRequiredKeyRegistry } from '../store/required-keys.ts';
import { openConfiguredDatabase } from '../store/store.ts';
import { runCommand } from './run-command.ts';

const USAGE = `Usage:
  npm run keys -- status            counts the encrypted rows by key and kind
  npm run keys -- reencrypt         encrypts every row with the first key of DATA_KEY, beside running servers
  npm run keys -- give-up <key id>  lets servers start without a key that is lost; its rows stay unreadable
With the embedded database the server must be stopped first.`;

const showKeyUses = (uses: readonly KeyUse[]) => {
  for (const { keyId, kind, rows } of uses) console.log(`${keyId.padEnd(16)}  ${kind.padEnd(9)}  ${rows}`);
};

/** Runs one command. @returns the exit code: 1 when rows need a key that is not configured, or an old one after all */
async function runKeysCommand(words: readonly string[]): Promise<number> {
  const [command, id] = words;
  const isGiveUp = command === 'give-up' && id !== undefined && words.length === 2;
  const isPlain = (command === 'status' || command === 'reencrypt') && words.length === 1;
  if (!isPlain && !isGiveUp) {
    console.error(USAGE);
    return 2;
  }
  const keys = getKeys();
  // Not through the store: it refuses to open without a key, and this command says which one that is.
  const { database, close } = await openConfiguredDatabase();
  const requiredKeys = createRequiredKeyRegistry(database, keys, () => new Date());
  try {
    if (isGiveUp) return (await requiredKeys.deleteLostKey(id)) ? 0 : 1;
    if (command === 'status') {
      const uses = await requiredKeys.count();
      showKeyUses(uses);
      return uses.every(({ keyId }) => keys.data.some((key) => key.id === keyId)) ? 0 : 1;
    }
    await requiredKeys.checkConfigured();
    await reencrypt(database, keys);
    const remainingUses = await requiredKeys.releaseUnused();
    if (remainingUses.length === 0) {
      console.log(`Every row is encrypted with the key "${keys.data[0].id}". The others can be taken out.`);
      return 0;
    }
    console.error('These rows still need another key:');
    showKeyUses(remainingUses);
    return 1;
  } finally {
    await close();
  }
}

runCommand(runKeysCommand);
