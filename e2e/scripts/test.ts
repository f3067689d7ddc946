/** `npm test`: everything that must hold. `npm run verify` (`--fast`) stops before the browser. */
import { addCounts, printCountsAndExit, runBrowserTests, runRepoChecks } from './run-checks.ts';

const isFast = process.argv.includes('--fast');
const checkCounts = runRepoChecks({ isFast });
if (isFast) printCountsAndExit(checkCounts);
printCountsAndExit(addCounts(checkCounts, runBrowserTests()));
