import { readFileSync } from 'node:fs';
import type { APIRequestContext, APIResponse } from '@playwright/test';
import { runOf } from '../run.ts';

type Manifest = { node: Record<string, { exportedName: string }> };

/** Every server action of the built app: what it is called, and the id under which the framework answers to it. */
export function serverActions(): Map<string, string> {
  const { node } = JSON.parse(readFileSync('.next/server/server-reference-manifest.json', 'utf8')) as Manifest;
  return new Map(Object.entries(node).map(([id, { exportedName }]) => [exportedName, id]));
}

/** What a browser says of a post from one of our own pages. */
export const fromOurPage = () => ({ origin: runOf().origins.app, 'sec-fetch-site': 'same-origin' });

type Call = {
  path: string;
  args: readonly unknown[];
  fields?: Record<string, string>;
  headers?: Record<string, string>;
};

/** Posts to an action as its form does without script: nothing that a page of ours would hide stands in the way. */
export function callAction(
  as: APIRequestContext,
  name: string,
  { path, args, fields, headers }: Call,
): Promise<APIResponse> {
  const id = serverActions().get(name);
  if (!id) throw new Error(`No action ${name}`);
  const multipart = {
    ...{ $ACTION_REF_1: '', '$ACTION_1:0': JSON.stringify({ id, bound: '$@1' }), '$ACTION_1:1': JSON.stringify(args) },
    ...fields,
  };
  return as.post(path, { multipart, headers: headers ?? fromOurPage(), maxRedirects: 0 });
}
