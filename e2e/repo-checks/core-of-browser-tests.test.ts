import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Specs of which only `npm run test:all` runs a test, each with the reason. */
const SPECS_WITHOUT_CORE: Record<string, string> = {
  'accessibility/large-text.spec.ts':
    'two sizes of text on every page; visual-states.spec.ts measures each page at two widths',
  'accessibility/transcripts.spec.ts': 'compares texts of every page; keyboard.spec.ts reads pages in the core',
  'agent/after-submit.spec.ts': 'two whole cases; permissions.spec.ts covers who reads a rejection reason',
  'agent/agent-prompts.spec.ts':
    'both languages through the whole journey; lib/domain/message-keys.test.ts covers the texts',
  'agent/statistics.spec.ts': 'lib/domain/statistics covers the counting',
  'agent/translated-console.spec.ts': 'e2e/repo-checks/mixed-texts.test.ts covers the cause',
  'customer/document-camera.spec.ts': 'a browser per camera; document.spec.ts reads a picture in the core',
  'customer/document-effort.spec.ts': 'compares journeys with a table of design targets',
  'customer/document-journeys.spec.ts':
    'eight journeys and a browser for each; document.spec.ts takes one of them to the link in the core',
  'customer/late-script.spec.ts': 'holds the script of every page back; the core has each page with script and without',
  'customer/random-touches.spec.ts': 'random visits; bundle-size.spec.ts covers when scripts start',
  'customer/wallet-id.spec.ts':
    'a server of its own, and a Chromium with a virtual wallet; lib/wallet-id covers the verification',
  'partner/packages.spec.ts': 'packs, installs and runs a project of its own; packages has unit tests of both packages',
  'partner/partner-examples.spec.ts': 'needs Java and Python, and a server of its own',
  'partner/partner-site.spec.ts':
    'a server of its own, for the site of the demo; return-and-status.spec.ts covers the app',
  'partner/webhooks.spec.ts': 'a server of its own; lib/use-cases and lib/webhooks cover events and links',
  'performance/keystroke-count.spec.ts': 'compares whole journeys with a table of design targets',
  'performance/page-heights.spec.ts': 'every core page in both languages; keyboard.spec.ts reaches each button',
  'resilience/backup-restore.spec.ts': 'two servers and two databases; also npm run drill',
  'resilience/database-faults.spec.ts': 'minutes of failures; database-outage.spec.ts is in the core',
  'resilience/image-modules.spec.ts': 'copies the app, and traces its modules; a server of its own',
  'resilience/key-rotation.spec.ts': 'minutes; lib/store/keys.test.ts covers the statements',
  'resilience/tracing.spec.ts': 'tracing is off unless the deployment preloads it',
  'resilience/upstream-transports.spec.ts': 'a server per case; lib/upstream covers transports',
  'security/hostile-input.spec.ts': '501 strings through every field; lib/domain covers the rules',
  'security/log-output.spec.ts':
    'a server of its own; every core test fails for a line of the log that is not on the list',
  'security/malformed-requests.spec.ts': 'all malformed requests; request-rejection.spec.ts is in the core',
};

/** Lists the specs of which `npm test` runs a test. */
function listCoreSpecs(): Set<string> {
  const { stdout } = spawnSync('playwright', ['test', '--list', '--grep-invert', '@all'], { encoding: 'utf8' });
  return new Set([...stdout.matchAll(/^\s+(?:\[.*?\] › )?(\S+\.spec\.ts):/gm)].map(([, file = '']) => file));
}

test('npm test runs a test of each spec, or the spec is listed with a reason', () => {
  const specs = globSync('**/*.spec.ts', { cwd: 'e2e/specs' }).toSorted();
  const coreSpecs = listCoreSpecs();
  expect(coreSpecs.size).toBeGreaterThan(30);
  expect(specs.filter((spec) => !coreSpecs.has(spec))).toEqual(Object.keys(SPECS_WITHOUT_CORE).toSorted());
}, 120_000);
