/**
 * One page graded by Mozilla's HTTP Observatory, whose folder is the first argument: `scan()` of the package, with ports and
 * a path of one's own. Prints `{ "score": …, "failed": [ … ] }`.
 */
import { pathToFileURL } from 'node:url';

const [folder, hostname, httpPort, httpsPort, path, cookie = ''] = process.argv.slice(2);
const part = (file) => import(pathToFileURL(`${folder}/node_modules/@mdn/mdn-http-observatory/src/${file}`).href);
const [{ retrieve }, { ALL_TESTS }, { MINIMUM_SCORE_FOR_EXTRA_CREDIT }, { getScoreModifier }] = await Promise.all([
  ...['retriever/retriever.js', 'constants.js', 'grader/charts.js', 'grader/grader.js'].map(part),
]);
const headers = ['Accept: text/html', ...(cookie ? [`Cookie: ${cookie}`] : [])];
const seen = await retrieve(hostname, { httpPort, httpsPort, path, headers });
const results = ALL_TESTS.map((test) => test(seen));
const modifiers = results.map(({ result }) => (result ? getScoreModifier(result) : 0));
const plain = 100 + modifiers.filter((modifier) => modifier < 0).reduce((sum, one) => sum + one, 0);
const full = 100 + modifiers.reduce((sum, one) => sum + one, 0);
const failed = results.filter(({ pass }) => !pass).map(({ result }) => result);
console.log(
  JSON.stringify({
    status: seen.responses.auto?.status,
    score: plain >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? full : plain,
    failed,
  }),
);
