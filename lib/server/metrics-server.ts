import 'server-only';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigurationError } from '../config/configuration-error.ts';
import { log } from '../observability/logger.ts';
import { registerGauge, renderMetrics } from '../observability/metrics.ts';
import { getStore } from '../store/store.ts';
import { countInFlight } from './in-flight-requests.ts';

/**
 * Serves the metrics of the process on an address of their own, which customers do not reach.
 *
 * @param listen `host:port`
 * @throws ConfigurationError when the address cannot be used
 */
export function startMetricsServer(listen: string): Promise<void> {
  const { hostname, port } = new URL(`http://${listen}`);
  const countOpenSubmissions = async () => (await getStore()).submissionAdmin.countOpenByState();
  registerGauge('front_door_submissions_open', 'Submissions without a definite end.', countOpenSubmissions, 'state');
  const countConnectionsByState = async () => (await getStore()).countConnections();
  registerGauge(
    'front_door_database_connections',
    'Connections to the database by state: in use, idle, waited for.',
    countConnectionsByState,
    'state',
  );
  const countPendingEvents = async () => (await getStore()).outbox.countPending();
  registerGauge('front_door_webhooks_pending', 'Events that wait for delivery.', countPendingEvents, 'endpoint');
  const countRequests = async () => new Map([['all', countInFlight()]]);
  registerGauge('front_door_requests_under_way', 'Requests that are being answered.', countRequests, 'kind');
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') return response.writeHead(404).end();
    return renderMetrics().then(
      ({ type, text }) => response.writeHead(200, { 'content-type': type }).end(text),
      () => response.writeHead(503).end(),
    );
  });
  server.unref();
  return new Promise((resolve, reject) => {
    server.once('error', () => reject(new ConfigurationError('METRICS_LISTEN')));
    server.listen(Number(port), hostname, () => {
      log({ event: 'metrics.ready', port: (server.address() as AddressInfo).port });
      resolve();
    });
  });
}
