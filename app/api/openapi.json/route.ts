import { buildOpenApiDocument } from '@/lib/domain/partner-api/openapi';

export const dynamic = 'force-static';

/** Returns the description of the partner's API, the same for every deployment. */
export function GET(): Response {
  return Response.json(buildOpenApiDocument());
}
