import { expect, test } from 'vitest';
import { readPolicyReports } from './policy-reports.ts';

test('both kinds of report are read, down to a rule and a host', () => {
  const old = {
    'csp-report': { 'effective-directive': 'script-src-elem', 'blocked-uri': 'https://evil.example/a?name=Maria' },
  };
  expect(readPolicyReports(JSON.stringify(old))).toEqual([{ directive: 'script-src-elem', blocked: 'evil.example' }]);
  const list = [
    {
      type: 'csp-violation',
      body: { effectiveDirective: 'require-trusted-types-for', blockedURL: 'trusted-types-sink' },
    },
    { type: 'csp-violation', body: { effectiveDirective: 'img-src', blockedURL: 'data' } },
  ];
  expect(readPolicyReports(JSON.stringify(list))).toEqual([
    { directive: 'require-trusted-types-for', blocked: 'trusted-types-sink' },
    { directive: 'img-src', blocked: 'data' },
  ]);
});

test('nothing else gets into the log', () => {
  for (const text of [
    '',
    '{',
    'null',
    '[]',
    '[null]',
    '{"csp-report":null}',
    '{"csp-report":{"effective-directive":"a\\nb"}}',
  ])
    expect(readPolicyReports(text)).toEqual([]);
  const odd = [{ body: { effectiveDirective: 'img-src', blockedURL: 'María García' } }];
  expect(readPolicyReports(JSON.stringify(odd))).toEqual([{ directive: 'img-src', blocked: 'unknown' }]);
  expect(readPolicyReports(JSON.stringify(Array(500).fill(odd[0])))).toHaveLength(10);
});
