import { expect, test } from 'vitest';
import { validateSessionLink } from './session-link.ts';

const live = { hosts: ['links.example', 'localhost:4011'], allowLoopbackHttp: false };
const local = { ...live, allowLoopbackHttp: true };

test('accepts an https link on a listed host and serialises it', () => {
  expect(validateSessionLink('https://links.example/Q1nO3', live)).toBe('https://links.example/Q1nO3');
  expect(validateSessionLink('HTTPS://LINKS.EXAMPLE:443/a/../Q1nO3', live)).toBe('https://links.example/Q1nO3');
});

test.each([
  '',
  'http://links.example/Q1nO3',
  'https://evil.example/Q1nO3',
  'https://links.example.evil.example/',
  'https://evil.example/links.example',
  'https://evil.example#links.example',
  'https://links.example@evil.example/',
  'https://user:password@links.example/',
  'https://links.example:444/',
  'https://links.example./',
  'https:\\\\links.example/',
  'https:/\\links.example/',
  'https://links.example\\@evil.example/',
  '//links.example/Q1nO3',
  '/Q1nO3',
  'javascript:alert(1)//links.example',
  'javascript://links.example/%0aalert(1)',
  'data:text/html,links.example',
  'ftp://links.example/',
  ' https://links.example/',
  'https://links.example/\r\nset-cookie: a=b',
  'java\tscript:alert(1)',
  'https://lınks.example/',
  'https://links.example/\u202e',
  `https://links.example/${'a'.repeat(64_000)}`,
])('never takes %j', (value) => {
  expect(validateSessionLink(value, live)).toBeUndefined();
  expect(validateSessionLink(value, local)).toBeUndefined();
});

test('http is taken from a listed loopback host in the local environment and nowhere else', () => {
  expect(validateSessionLink('http://localhost:4011/Q1nO3', local)).toBe('http://localhost:4011/Q1nO3');
  expect(validateSessionLink('http://localhost:4011/Q1nO3', live)).toBeUndefined();
  expect(validateSessionLink('http://localhost:9999/Q1nO3', local)).toBeUndefined();
});
