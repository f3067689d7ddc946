import { execFileSync } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { Applicant } from '../../support/http-applicant.ts';
import { World } from '../../support/test-environment.ts';

/** What a span may carry: `deploy/tracing/register.mjs` has the list. */
const MAY_SAY =
  /^(next\.(span_type|route|rsc)|http\.(method|route|status_code|request\.method|response\.status_code)|server\.address|error\.type)$/;

type Span = { name: string; attributes: { key: string; value: object }[]; events: object[]; status: object };
type Export = { resourceSpans: { resource: object; scopeSpans: { spans: Span[] }[] }[] };

/** The tracing packages, installed as an operator does, in a folder of their own. */
function installTracing(): string {
  const folder = join(tmpdir(), 'front-door-tracing');
  cpSync('deploy/tracing', folder, { recursive: true, filter: (path) => !path.includes('node_modules') });
  if (!existsSync(join(folder, 'node_modules'))) {
    execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--loglevel=error'], {
      cwd: folder,
      stdio: 'pipe',
    });
  }
  return join(folder, 'register.mjs');
}

/** Takes what is exported by OTLP over HTTP. */
async function startCollector() {
  const heard: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    heard.push(Buffer.concat(chunks).toString('utf8'));
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const spans = () =>
    heard.flatMap((text) =>
      (JSON.parse(text) as Export).resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
    );
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, heard, spans, stop: () => server.close() };
}

test('traces tell routes, times and statuses, of us and of the upstream, and nothing of a person', async () => {
  const register = installTracing();
  const collector = await startCollector();
  const world = await World.create('pglite');
  const { child, port } = await world.start({
    NODE_OPTIONS: `--import ${register}`,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  });
  const person = new Applicant();
  await person.fill(port);
  const { location = '' } = await person.submit(port);
  expect(location).toContain(world.linkHost);
  const names = () => collector.spans().map(({ name }) => name);
  await expect.poll(names).toContain('upstream');
  await expect.poll(names).toContain('POST /[locale]/onboarding/[step]');
  await expect.poll(names).toContain('POST /[locale]/onboarding/review');
  child.kill();

  const said = new Set(collector.spans().flatMap(({ attributes }) => attributes.map(({ key }) => key)));
  expect([...said].filter((key) => !MAY_SAY.test(key))).toEqual([]);
  expect([...said]).toEqual(expect.arrayContaining(['http.route', 'http.response.status_code']));
  const secrets = ['Ruiz', 'Calle Dos', person.phone, person.phone.slice(-8), person.cookie?.split('=')[1] ?? ''];
  const all = collector.heard.join('\n');
  for (const secret of [...secrets, 'canary', new URL(location).pathname]) expect(all).not.toContain(secret);
  collector.stop();
  await world.end();
});
