/** `npm run configuration`: writes the tables of docs/configuration.md from the schemas of the environment and the brand. */
import { readFileSync, writeFileSync } from 'node:fs';
import { CONFIGURATION_DOCUMENT, updateConfigurationTables } from './configuration-tables.ts';

writeFileSync(CONFIGURATION_DOCUMENT, updateConfigurationTables(readFileSync(CONFIGURATION_DOCUMENT, 'utf8')));
