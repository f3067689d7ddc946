import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const FOLDERS = ['lib/use-cases', 'lib/auth', 'lib/server', 'lib/cli', 'lib/partner-link'];

/** Files whose behaviour needs a browser, a process or several files together, each with the test that covers it. */
const COVERED_ELSEWHERE: Readonly<Record<string, string>> = {
  'lib/auth/agent-authorization.ts': 'e2e/specs/agent/permissions.spec.ts',
  'lib/auth/agent-cookies.ts': 'e2e/specs/security/cookies.spec.ts',
  'lib/auth/cookie-options.ts': 'e2e/specs/security/cookies.spec.ts',
  'lib/auth/draft-cookie.ts': 'e2e/specs/security/cookies.spec.ts',
  'lib/auth/short-cookies.ts': 'e2e/specs/security/cookies.spec.ts',
  'lib/cli/agents.ts': 'e2e/specs/agent/sign-in.spec.ts',
  'lib/cli/audit.ts': 'e2e/repo-checks/operator-commands.test.ts',
  'lib/cli/keys.ts': 'e2e/specs/resilience/key-rotation.spec.ts',
  'lib/cli/migrate.ts': 'e2e/repo-checks/operator-commands.test.ts',
  'lib/cli/privacy.ts': 'e2e/specs/resilience/boot.spec.ts',
  'lib/cli/run-command.ts': 'e2e/repo-checks/operator-commands.test.ts',
  'lib/cli/submissions.ts': 'e2e/specs/partner/configurations.spec.ts',
  'lib/partner-link/keys.ts': 'e2e/specs/partner/partner-link.spec.ts',
  'lib/server/reconciler.ts': 'lib/use-cases/submission/submission.test.ts',
  'lib/server/start-server.ts': 'e2e/specs/resilience/boot.spec.ts',
  'lib/use-cases/agent/clear-customer-session.ts': 'e2e/specs/agent/hand-over.spec.ts',
  'lib/use-cases/agent/open-case.ts': 'e2e/specs/agent/permissions.spec.ts',
  'lib/use-cases/agent/read-statistics.ts': 'e2e/specs/agent/statistics.spec.ts',
  'lib/use-cases/agent/rejection-reason.ts': 'e2e/specs/agent/permissions.spec.ts',
  'lib/use-cases/agent/save-partial-case-step.ts': 'e2e/specs/agent/console.spec.ts',
  'lib/use-cases/customer/add-device-to-handover.ts': 'e2e/specs/agent/hand-over.spec.ts',
  'lib/use-cases/customer/current-journey.ts': 'e2e/specs/customer/journey.spec.ts',
  'lib/use-cases/customer/form-check.ts': 'e2e/specs/customer/partial-steps.spec.ts',
  'lib/use-cases/customer/journey-view.ts': 'e2e/specs/customer/journey.spec.ts',
  'lib/use-cases/customer/page-access.ts': 'e2e/specs/customer/journey.spec.ts',
  'lib/use-cases/customer/record-journey-event.ts': 'e2e/specs/agent/statistics.spec.ts',
  'lib/use-cases/customer/save-partial-step.ts': 'lib/use-cases/customer/outdated-forms.test.ts',
  'lib/use-cases/customer/save-step.ts': 'lib/use-cases/customer/field-lengths.test.ts',
  'lib/use-cases/submission/count-call.ts': 'lib/use-cases/submission/submission.test.ts',
  'lib/use-cases/submission/reconcile.ts': 'lib/use-cases/submission/submission.test.ts',
  'lib/use-cases/submission/send.ts': 'lib/use-cases/submission/submission.test.ts',
  'lib/use-cases/submission/submit.ts': 'lib/use-cases/submission/submission.test.ts',
};

const sources = FOLDERS.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.(test|d)\.tsx?$/.test(name))
    .map((name) => join(folder, name)),
);

const hasTestBeside = (source: string): boolean =>
  ['test.ts', 'test.tsx', 'slow.test.ts'].some((ending) => existsSync(source.replace(/tsx?$/, ending)));

test('every file of use cases, auth, server, commands and partner links has a unit test beside it, or one that covers it is named', () => {
  expect(sources.length).toBeGreaterThan(50);
  expect(sources.filter((source) => !hasTestBeside(source) && !COVERED_ELSEWHERE[source])).toEqual([]);
});

test('a file is listed only while it exists and has no unit test beside it', () => {
  const files = Object.keys(COVERED_ELSEWHERE);
  expect(files.filter((file) => !existsSync(file) || hasTestBeside(file))).toEqual([]);
});

test('every test that the list names exists', () => {
  expect(Object.values(COVERED_ELSEWHERE).filter((path) => !existsSync(path))).toEqual([]);
});
