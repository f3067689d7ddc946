import 'server-only';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { ConfigurationError } from '../config/configuration-error.ts';
import { getEnv } from '../config/env.ts';
import { getProcessSingleton } from '../config/process-singleton.ts';
import { log } from '../observability/logger.ts';
import { type Codec, createRequest4rCodec, jsonCodec } from './codec.ts';
import { createRaasClient, type RaasClient } from './raas.ts';
import { type ClientCertificate, openTransport } from './transport.ts';
import { createUpstreamGuard, type UpstreamGuard } from './upstream-guard.ts';

/**
 * Returns the client of the configured upstream: plain, with a client certificate, or with Request4R.
 *
 * @throws ConfigurationError when a certificate or key cannot be read; the boot calls this first
 */
export function getRaasClient(): RaasClient {
  return getProcessSingleton('raas', () => {
    const limits = getEnv();
    const transport = openTransport({
      baseUrl: limits.RAAS_BASE_URL,
      apiKey: limits.RAAS_API_KEY,
      codec: createCodec(),
      certificate: readCertificate(),
      limits: {
        connect: limits.RAAS_CONNECT_MS,
        headers: limits.RAAS_HEADERS_MS,
        idleBody: limits.RAAS_IDLE_BODY_MS,
        sockets: limits.UPSTREAM_SOCKETS,
      },
    });
    const links = { hosts: limits.RAAS_LINK_HOSTS, allowLoopbackHttp: limits.APP_ENV === 'local' };
    return createRaasClient(transport, links, () => new Date());
  });
}

export function getUpstreamGuard(): UpstreamGuard {
  return getProcessSingleton('admission', () => {
    const limits = getEnv();
    return createUpstreamGuard(
      {
        failuresInARow: limits.BREAKER_IN_A_ROW,
        failurePercent: limits.BREAKER_PERCENT,
        cooldownMs: limits.BREAKER_REST_MS,
        calls: limits.UPSTREAM_SOCKETS,
        queue: limits.UPSTREAM_QUEUE,
        queueWaitMs: limits.UPSTREAM_QUEUE_MS,
      },
      (isOpen) => log({ event: 'upstream.breaker', isOpen }),
    );
  });
}

function readCertificate(): ClientCertificate | undefined {
  const { RAAS_CLIENT_P12_FILE: file, RAAS_CLIENT_P12_PASSPHRASE: passphrase } = getEnv();
  if (!file) return undefined;
  return withVariableName('RAAS_CLIENT_P12_FILE', () => {
    const clientCertificate = { pfx: readFileSync(file), passphrase };
    createSecureContext(clientCertificate);
    return clientCertificate;
  });
}

function createCodec(): Codec {
  const { RAAS_REQUEST4R_ENCRYPT_KEY_FILE: encryptKeyFile, RAAS_REQUEST4R_DECRYPT_KEY_FILE: decryptKeyFile } = getEnv();
  if (!encryptKeyFile || !decryptKeyFile) return jsonCodec;
  return withVariableName('RAAS_REQUEST4R_ENCRYPT_KEY_FILE or RAAS_REQUEST4R_DECRYPT_KEY_FILE', () =>
    createRequest4rCodec(readFileSync(encryptKeyFile, 'utf8'), readFileSync(decryptKeyFile, 'utf8')),
  );
}

function withVariableName<T>(variable: string, read: () => T): T {
  try {
    return read();
  } catch {
    throw new ConfigurationError(variable);
  }
}
