import { expect, it } from 'vitest';
import { startHttpServer } from './http-server.ts';
import { startRecordingProxy } from './recording-proxy.ts';

it('a test server never ends an idle connection, on which the next request may already be on its way', async () => {
  const { server, port, origin } = await startHttpServer((_, response) => response.end('ok'));
  const proxy = await startRecordingProxy();
  proxy.forwardTo(port);
  for (const url of [origin, proxy.origin]) {
    const response = await fetch(url);
    expect(await response.text()).toBe('ok');
    // Node announces here after how many seconds it ends an idle connection.
    expect(response.headers.get('keep-alive'), url).toBeNull();
  }
  proxy.stop();
  server.closeAllConnections();
  server.close();
});
