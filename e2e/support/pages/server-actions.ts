import { readFileSync } from 'node:fs';
import type { APIRequestContext, APIResponse } from '@playwright/test';
import { getRun } from '../test-run.ts';

type Manifest = { node: Record<string, { exportedName: string }> };

/** Every server action of the built app: what it is called, and the id under which the framework answers to it. */
export function listServerActions(): Map<string, string> {
  const { node } = JSON.parse(readFileSync('.next/server/server-reference-manifest.json', 'utf8')) as Manifest;
  return new Map(Object.entries(node).map(([id, { exportedName }]) => [exportedName, id]));
}

/** Returns the headers of a post from one of our own pages. */
export const getSameOriginHeaders = () => ({ origin: getRun().origins.app, 'sec-fetch-site': 'same-origin' });

type ActionCall = {
  path: string;
  args: readonly unknown[];
  fields?: Record<string, string>;
  headers?: Record<string, string>;
};

/** Posts to an action as its form does without script: nothing that a page of ours would hide stands in the way. */
export function callAction(
  client: APIRequestContext,
  name: string,
  { path, args, fields, headers }: ActionCall,
): Promise<APIResponse> {
  const id = listServerActions().get(name);
  if (!id) throw new Error(`No action ${name}`);
  const multipart = {
    $ACTION_REF_1: '',
    '$ACTION_1:0': JSON.stringify({ id, bound: '$@1' }),
    '$ACTION_1:1': JSON.stringify(args),
    ...fields,
  };
  return client.post(path, { multipart, headers: headers ?? getSameOriginHeaders(), maxRedirects: 0 });
}
