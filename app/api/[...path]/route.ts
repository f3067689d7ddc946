import { createProblemResponse } from '@/lib/http/problem-response';

/** Answers a path that the API does not have as a problem. Without this route the response is a page for browsers. */
export const GET = (): Response => createProblemResponse(404);
