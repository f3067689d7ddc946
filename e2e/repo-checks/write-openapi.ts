/** `npm run openapi`: writes docs/openapi.json from the schemas of the partner's API and of the events. */
import { writeFileSync } from 'node:fs';
import { buildOpenApiDocument } from '../../lib/domain/partner-api/openapi.ts';

writeFileSync('docs/openapi.json', `${JSON.stringify(buildOpenApiDocument(), undefined, 2)}\n`);
