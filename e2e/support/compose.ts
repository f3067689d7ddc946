import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';

const FOLDER = 'deploy';

/** A service as the rehearsal reads it. An unknown key fails, so that no line of the file is passed over in silence. */
const serviceSchema = z.strictObject({
  image: z.string(),
  read_only: z.literal(true),
  cap_drop: z.array(z.string()),
  cap_add: z.array(z.string()).default([]),
  security_opt: z.array(z.string()),
  pids_limit: z.number(),
  mem_limit: z.string(),
  tmpfs: z.array(z.string()),
  volumes: z.array(z.string()),
  environment: z.record(z.string(), z.union([z.string(), z.number()])),
  env_file: z.string().optional(),
  command: z.array(z.string()).default([]),
  stop_grace_period: z
    .string()
    .regex(/^\d+s$/)
    .default('10s'),
  network_mode: z.literal('none').optional(),
  // The rehearsal makes its own network and order, and builds before it starts.
  build: z.unknown().optional(),
  restart: z.unknown().optional(),
  ports: z.unknown().optional(),
  networks: z.unknown().optional(),
  depends_on: z.unknown().optional(),
  healthcheck: z.unknown().optional(),
  shm_size: z.unknown().optional(),
});
const fileSchema = z.looseObject({
  name: z.string(),
  services: z.strictObject({
    proxy: serviceSchema,
    app: serviceSchema,
    migrate: serviceSchema,
    postgres: serviceSchema,
  }),
});

export type Service = z.infer<typeof serviceSchema>;

/**
 * Reads `deploy/compose.yaml`.
 *
 * @param text for a test
 * @throws when a service has a key that this reader does not know
 */
export function readCompose(text = readFileSync(join(FOLDER, 'compose.yaml'), 'utf8')) {
  const { name, services } = fileSchema.parse(parse(text, { merge: true }));
  /** As Docker names the containers of `--scale app=…`, from 1. */
  const getInstanceName = (index: number) => `${name}-app-${index}`;
  return { services, getInstanceName };
}

/**
 * Translates a service into options of `podman run`, which are those of `docker run`.
 *
 * @param variables values for `${NAME:?}`
 * @param paths where the named volumes and the file of settings are
 * @throws when a variable is missing
 */
export function getRunOptions(
  { read_only: _, ...settings }: Service,
  variables: Record<string, string>,
  paths: Record<string, string>,
): string[] {
  const substituteVariables = (value: string | number) =>
    String(value).replace(/\$\{(\w+):\?\}/g, (_whole, name: string) => {
      const variable = variables[name];
      if (variable === undefined) throw new Error(`The compose file wants ${name}`);
      return variable;
    });
  const locate = (volume: string) => {
    const [source = '', ...rest] = volume.split(':');
    return [paths[source] ?? resolve(FOLDER, source), ...rest].join(':');
  };
  return [
    // Podman would add writable folders of its own, which Docker does not.
    '--read-only',
    '--read-only-tmpfs=false',
    ...settings.cap_drop.map((name) => `--cap-drop=${name}`),
    ...settings.cap_add.map((name) => `--cap-add=${name}`),
    ...settings.security_opt.map((option) => `--security-opt=${option}`),
    `--pids-limit=${settings.pids_limit}`,
    `--memory=${settings.mem_limit}`,
    `--stop-timeout=${Number.parseInt(settings.stop_grace_period, 10)}`,
    ...settings.tmpfs.map((path) => `--tmpfs=${path}`),
    ...settings.volumes.map((volume) => `--volume=${locate(volume)}`),
    ...(settings.env_file ? [`--env-file=${locate(settings.env_file)}`] : []),
    ...Object.entries(settings.environment).map(([name, value]) => `--env=${name}=${substituteVariables(value)}`),
    ...(settings.network_mode ? [`--network=${settings.network_mode}`] : []),
  ];
}
