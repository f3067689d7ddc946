import 'server-only';
import { env } from '../config/env.ts';
import { type Raas, raasClient } from './raas.ts';
import { plainTransport } from './transport.ts';

let client: Raas | undefined;

/** The upstream as the environment names it. */
export function raas(): Raas {
  const { RAAS_BASE_URL, RAAS_API_KEY, RAAS_LINK_HOSTS, APP_ENV } = env();
  const links = { hosts: RAAS_LINK_HOSTS, allowLoopbackHttp: APP_ENV === 'local' };
  client ??= raasClient(plainTransport(RAAS_BASE_URL), RAAS_API_KEY, links);
  return client;
}
