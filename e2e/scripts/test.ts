/** `npm test`: everything that must hold. `npm run verify` (`--fast`) stops before the browser. */
import { add, conclude, runBrowserTests, runGates } from './run-checks.ts';

const isFast = process.argv.includes('--fast');
const gates = runGates({ isFast });
if (isFast) conclude(gates);
conclude(add(gates, runBrowserTests()));
