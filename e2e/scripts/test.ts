/**
 * `npm test` runs the checks, the fast unit tests and the browser tests that are not tagged `@all`.
 * `npm run test:all` (`--all`) runs everything. `npm run verify` (`--fast`) stops before the build.
 */
import { addCounts, printCountsAndExit, runBrowserTests, runRepoChecks } from './run-checks.ts';

const isEverything = process.argv.includes('--all');
const checkCounts = await runRepoChecks({ isEverything });
if (process.argv.includes('--fast')) printCountsAndExit(checkCounts);
printCountsAndExit(addCounts(checkCounts, runBrowserTests({ isEverything })));
