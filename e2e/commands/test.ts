/** `npm test`: everything that must hold. `npm run verify` (`--fast`) stops before the browser. */
import { ensureChromium } from './chromium.ts';
import { add, conclude, runBrowserTests, runGates } from './gates.ts';

const fast = runGates();
if (process.argv.includes('--fast')) conclude(fast);
conclude(add(fast, runBrowserTests(ensureChromium())));
