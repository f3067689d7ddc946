import { execFileSync } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { HttpApplicant } from '../../support/http-applicant.ts';
import { TestEnvironment } from '../../support/test-environment.ts';

/** Attributes that a span may carry: `deploy/tracing/register.mjs` has the list. */
const ALLOWED_ATTRIBUTES =
  /^(next\.(span_type|route|rsc)|http\.(method|route|status_code|request\.method|response\.status_code)|server\.address|error\.type)$/;

type Span = { name: string; attributes: { key: string; value: object }[]; events: object[]; status: object };
type TraceExport = { resourceSpans: { resource: object; scopeSpans: { spans: Span[] }[] }[] };

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
  const requestBodies: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    requestBodies.push(Buffer.concat(chunks).toString('utf8'));
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const getSpans = () =>
    requestBodies.flatMap((text) =>
      (JSON.parse(text) as TraceExport).resourceSpans.flatMap(({ scopeSpans }) =>
        scopeSpans.flatMap(({ spans }) => spans),
      ),
    );
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, heard: requestBodies, spans: getSpans, stop: () => server.close() };
}

test('traces tell routes, times and statuses, of us and of the upstream, and nothing of a person', {
  tag: '@all',
}, async () => {
  const registerFile = installTracing();
  const collector = await startCollector();
  const environment = await TestEnvironment.create('pglite');
  const { child, port } = await environment.startServer({
    NODE_OPTIONS: `--import ${registerFile}`,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  });
  const person = new HttpApplicant();
  await person.fill(port);
  const { location = '' } = await person.submit(port);
  expect(location).toContain(environment.linkHost);
  const getSpanNames = () => collector.spans().map(({ name }) => name);
  await expect.poll(getSpanNames).toContain('upstream');
  await expect.poll(getSpanNames).toContain('POST /[locale]/onboarding/[step]');
  await expect.poll(getSpanNames).toContain('POST /[locale]/onboarding/review');
  child.kill();

  const attributeKeys = new Set(collector.spans().flatMap(({ attributes }) => attributes.map(({ key }) => key)));
  expect([...attributeKeys].filter((key) => !ALLOWED_ATTRIBUTES.test(key))).toEqual([]);
  expect([...attributeKeys]).toEqual(expect.arrayContaining(['http.route', 'http.response.status_code']));
  const secrets = ['Ruiz', 'Calle Dos', person.phone, person.phone.slice(-8), person.cookie?.split('=')[1] ?? ''];
  const requestText = collector.heard.join('\n');
  for (const secret of [...secrets, 'canary', new URL(location).pathname]) expect(requestText).not.toContain(secret);
  collector.stop();
  await environment.stop();
});
