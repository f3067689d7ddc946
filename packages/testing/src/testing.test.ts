import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as testing from './index.ts';

type Api = { exports: string[]; fixtures: string[] };
const api = JSON.parse(readFileSync('packages/testing/api.json', 'utf8')) as Api;

test('the names of the last version are still exported, and new ones are listed', () => {
  expect(Object.keys(testing).toSorted()).toEqual(api.exports);
});

test('the fixtures of the last version are still there, and new ones are listed', () => {
  const source = readFileSync('packages/testing/src/fixtures.ts', 'utf8');
  const [, fixtures = ''] = /base\.extend<.*?>\(\{\n(.*?)\n\}\);/s.exec(source) ?? [];
  const names = [...fixtures.matchAll(/^ {2}(\w+):/gm)].map(([, name]) => name);
  expect(names.toSorted()).toEqual(api.fixtures);
});

test('a front door without a folder is not started, and the message names the variable', async () => {
  await expect(testing.startFrontDoor({ folder: '' })).rejects.toThrow('FRONT_DOOR_FOLDER');
});
