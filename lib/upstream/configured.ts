import 'server-only';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { ConfigurationError } from '../config/configuration-error.ts';
import { env } from '../config/env.ts';
import { inProcess } from '../config/in-process.ts';
import { log } from '../observability/logger.ts';
import { type Admission, openAdmission } from './admission.ts';
import { type Codec, jsonCodec, request4rCodec } from './codec.ts';
import { type Raas, raasClient } from './raas.ts';
import { type ClientCertificate, openTransport } from './transport.ts';

/**
 * The upstream as the environment names it: plain, with a client certificate, or with sealed bodies.
 *
 * @throws when a certificate or key cannot be read; the message names its variable. The boot asks first.
 */
export function raas(): Raas {
  return inProcess('raas', () => {
    const limits = env();
    const transport = openTransport({
      baseUrl: limits.RAAS_BASE_URL,
      apiKey: limits.RAAS_API_KEY,
      codec: codec(),
      certificate: certificate(),
      limits: {
        connect: limits.RAAS_CONNECT_MS,
        headers: limits.RAAS_HEADERS_MS,
        idleBody: limits.RAAS_IDLE_BODY_MS,
        sockets: limits.UPSTREAM_SOCKETS,
      },
    });
    const links = { hosts: limits.RAAS_LINK_HOSTS, allowLoopbackHttp: limits.APP_ENV === 'local' };
    return raasClient(transport, links, () => new Date());
  });
}

/** The breaker and the bulkhead of this process. */
export function admission(): Admission {
  return inProcess('admission', () => {
    const limits = env();
    return openAdmission(
      {
        failuresInARow: limits.BREAKER_IN_A_ROW,
        failurePercent: limits.BREAKER_PERCENT,
        rest: limits.BREAKER_REST_MS,
        calls: limits.UPSTREAM_SOCKETS,
        queue: limits.UPSTREAM_QUEUE,
        queueWait: limits.UPSTREAM_QUEUE_MS,
      },
      (isOpen) => log({ event: 'upstream.breaker', isOpen }),
    );
  });
}

function certificate(): ClientCertificate | undefined {
  const { RAAS_CLIENT_P12_FILE: file, RAAS_CLIENT_P12_PASSPHRASE: passphrase } = env();
  if (!file) return undefined;
  return named('RAAS_CLIENT_P12_FILE', () => {
    const found = { pfx: readFileSync(file), passphrase };
    createSecureContext(found);
    return found;
  });
}

function codec(): Codec {
  const { RAAS_REQUEST4R_ENCRYPT_KEY_FILE: vendors, RAAS_REQUEST4R_DECRYPT_KEY_FILE: ours } = env();
  if (!vendors || !ours) return jsonCodec;
  return named('RAAS_REQUEST4R_ENCRYPT_KEY_FILE or RAAS_REQUEST4R_DECRYPT_KEY_FILE', () =>
    request4rCodec(readFileSync(vendors, 'utf8'), readFileSync(ours, 'utf8')),
  );
}

function named<T>(variable: string, read: () => T): T {
  try {
    return read();
  } catch {
    throw new ConfigurationError(variable);
  }
}
