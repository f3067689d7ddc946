/** `npm run privacy -- erase <phone> | purge` */
import { env } from '../config/env.ts';
import { spelling } from '../config/journey-context.ts';
import { normalPhone, spellPhone } from '../domain/phone/phone.ts';
import { store } from '../store/store.ts';
import { run } from './run.ts';

const USAGE = `Usage:
  npm run privacy -- erase <phone>   takes what tells who somebody is; what has no definite end yet is left and counted
  npm run privacy -- purge           deletes what has run out: drafts, closed cases, sessions, codes, old events
With the embedded database the server must be stopped first.`;

/** Runs one command. @returns the exit code: 1 when something had to be left */
async function main([command, ...words]: readonly string[]): Promise<number> {
  const { RAAS_COUNTRY: country } = env();
  const phone = normalPhone(words.join(' '), country);
  if (command !== 'purge' && !(command === 'erase' && phone)) {
    console.error(USAGE);
    return 2;
  }
  const { privacy, audit, close } = await store();
  try {
    if (command === 'purge' || !phone) {
      console.log(await privacy.purge());
      return 0;
    }
    const sentAs = [phone, spellPhone(phone, { ...spelling(), mexicanMobile: 'documented' })];
    const { drafts, cases, submissions, held } = await privacy.erase({ phone, sentAs, country });
    const who = { actor: 'operator', role: undefined, shop: undefined, device: undefined, source: undefined } as const;
    for (const caseId of cases) {
      await audit.append({ at: new Date().toISOString(), ...who, action: 'person.erased', caseId, fields: [] });
    }
    console.log({ drafts, cases: cases.length, submissions, held });
    return held > 0 ? 1 : 0;
  } finally {
    await close();
  }
}

run(main);
