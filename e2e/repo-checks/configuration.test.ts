import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ENV_SECTIONS } from '../../lib/config/env-descriptions.ts';
import { envSchema } from '../../lib/config/env-schema.ts';
import { CONFIGURATION_DOCUMENT, updateConfigurationTables } from './configuration-tables.ts';

test('every variable of the schema is described once', () => {
  const described = ENV_SECTIONS.flatMap(({ variables }) => Object.keys(variables));
  expect(described.toSorted()).toEqual(Object.keys(envSchema.shape).toSorted());
});

test('docs/configuration.md has the tables of the schemas (`npm run configuration` writes them)', () => {
  const document = readFileSync(CONFIGURATION_DOCUMENT, 'utf8');
  expect(updateConfigurationTables(document)).toBe(document);
});
