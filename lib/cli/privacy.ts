/** `npm run privacy -- erase <phone> | purge` */
import { getEnv } from '../config/env.ts';
import { getJourneyContext, getSpelling } from '../config/get-journey-context.ts';
import { formatUpstreamPhone, readE164, readPhone } from '../domain/phone/phone.ts';
import { getStore } from '../store/store.ts';
import { runCommand } from './run-command.ts';

const USAGE = `Usage:
  npm run privacy -- erase <phone>   takes what tells who the person is; what has no definite end or cannot be read is left and counted
  npm run privacy -- purge           ends what is kept no longer, and counts it by kind
With the embedded database the server must be stopped first.`;

/** Runs one command. @returns the exit code: 1 when something had to be left or failed */
async function runPrivacyCommand([command, ...words]: readonly string[]): Promise<number> {
  const { phoneRules } = getJourneyContext(new Date());
  const text = words.join(' ');
  // A number from before today's rules, or of a country that is no longer offered, is written with its calling code.
  const phone = readPhone(text, phoneRules, getEnv().RAAS_COUNTRY)?.e164 ?? readE164(text);
  if (command !== 'purge' && !(command === 'erase' && phone)) {
    console.error(USAGE);
    return 2;
  }
  const { privacy, purge, close } = await getStore();
  try {
    if (command === 'purge' || !phone) {
      const { counts, failedKinds } = await purge();
      console.log(counts);
      if (failedKinds.length > 0) console.error(`Failed: ${failedKinds.join(', ')}. The log has the causes.`);
      return failedKinds.length > 0 ? 1 : 0;
    }
    const sentAs = [phone, formatUpstreamPhone(phone, { ...getSpelling(), mexicanMobile: 'documented' })];
    const result = await privacy.erase({ phone, sentAs, phoneRules });
    console.log(result);
    if (result.held > 0) console.error('Something has no definite end yet and was left: erase again after that.');
    if (result.unreadable > 0) console.error('Some rows could not be read with the configured keys and were left.');
    return result.held + result.unreadable > 0 ? 1 : 0;
  } finally {
    await close();
  }
}

runCommand(runPrivacyCommand);
