import { expect, test } from 'vitest';
import { buildContentSecurityPolicy } from './csp.ts';

const hosts = {
  connect: ['https://maps.example'],
  frames: [],
  formTargets: ['https://links.example'],
  policies: ['default'],
};

test('the built app’s policy allows nothing unsafe, no frame and no framing, and the way to the link', () => {
  const policy = buildContentSecurityPolicy('abc', hosts, false);
  expect(policy).not.toContain('unsafe');
  expect(policy.split('; ')).toEqual(
    expect.arrayContaining([
      "default-src 'none'",
      "script-src 'nonce-abc' 'strict-dynamic'",
      "connect-src 'self' https://maps.example",
      "frame-src 'none'",
      "frame-ancestors 'none'",
      "form-action 'self' https://links.example",
      "require-trusted-types-for 'script'",
      'trusted-types default',
      'report-uri /csp-report',
    ]),
  );
});
