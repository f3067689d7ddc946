import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { freePort, isFree, Processes } from './processes.ts';
import { startRecorder } from './recorder.ts';

/** Where everything answers: the app and what the stand-ins announced (`raas`, `links`, `raasControl`, `maps`, …). */
export type Origins = { app: string } & Record<string, string>;
export type Stack = { origins: Origins; stop: () => Promise<void> };

const STAND_INS = ['raas', 'maps', 'vgs'];

/** The ports of `npm run demo`, each with the variable that changes it. */
const DEMO_PORTS: Record<string, number> = {
  PORT: 3000,
  SANDBOX_RAAS_PORT: 4010,
  SANDBOX_LINK_PORT: 4011,
  SANDBOX_RAAS_CONTROL_PORT: 4012,
  SANDBOX_MAPS_PORT: 4020,
  SANDBOX_MAPS_CONTROL_PORT: 4022,
  SANDBOX_VGS_PORT: 4030,
  SANDBOX_VGS_CONTROL_PORT: 4032,
};

const exampleEnv = () => parseEnv(readFileSync('.env.example', 'utf8'));

async function choosePorts(kind: 'demo' | 'free'): Promise<Record<string, string>> {
  const ports: Record<string, string> = {};
  for (const [variable, usual] of Object.entries(DEMO_PORTS)) {
    if (kind === 'free') {
      ports[variable] = variable === 'PORT' ? String(await freePort()) : '0';
      continue;
    }
    const port = Number(process.env[variable] ?? usual);
    if (!(await isFree(port))) {
      throw new Error(
        `Port ${port} is taken. Set ${variable} to a free port, for example: ${variable}=${port + 1000} npm run demo`,
      );
    }
    ports[variable] = String(port);
  }
  return ports;
}

type Options = {
  ports: 'demo' | 'free';
  /** Changes to the environment of `.env.example`. */
  env?: Record<string, string>;
  onOutput?: (text: string) => void;
  /** Writes down all that the app receives and sends. */
  recordTo?: string;
};

/** Starts the stand-ins and then the built app on what they announced, and resolves when all of them answer. */
export async function startStack({ ports: kind, env = {}, onOutput = () => {}, recordTo }: Options): Promise<Stack> {
  const processes = new Processes();
  let recorder: { stop: () => void } | undefined;
  const stop = async () => {
    recorder?.stop();
    await processes.stop();
  };
  try {
    const ports = await choosePorts(kind);
    const announced = await Promise.all(
      STAND_INS.map((name) =>
        processes.start(
          `The ${name} stand-in`,
          'node',
          [`e2e/sandbox/${name}/server.ts`],
          { env: { ...process.env, ...ports, ...env } },
          readAnnouncement,
        ),
      ),
    );
    const sandbox: Record<string, string> = Object.assign({}, ...announced);
    const publicPort = recordTo ? await freePort() : Number(ports['PORT']);
    if (recordTo) recorder = await startRecorder(publicPort, Number(ports['PORT']), recordTo);
    const app = `http://localhost:${publicPort}`;
    await processes.start(
      'The app',
      'next',
      ['start', '-H', '127.0.0.1', '-p', String(ports['PORT'])],
      {
        env: {
          ...process.env,
          ...exampleEnv(),
          ...pointAt(sandbox),
          APP_ORIGIN: app,
          NEXT_TELEMETRY_DISABLED: '1',
          ...env,
        },
        onOutput,
      },
      (line) => (line.includes('"boot.ready"') ? true : undefined),
    );
    await answers(app);
    return { origins: { ...sandbox, app }, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function readAnnouncement(line: string): Record<string, string> | undefined {
  if (!line.startsWith('{"ready"')) return undefined;
  return (JSON.parse(line) as { ready: Record<string, string> }).ready;
}

function pointAt({ raas, links, maps, vgs }: Record<string, string>): Record<string, string> {
  return {
    RAAS_BASE_URL: `${raas}/v1`,
    RAAS_LINK_HOSTS: new URL(links ?? '').host,
    GOOGLE_MAPS_API_URL: maps ?? '',
    VGS_COLLECT_URL: vgs ?? '',
  };
}

/** Asks until the server answers. The server said that it is ready, so this is about a moment. */
async function answers(origin: string): Promise<void> {
  for (let left = 100; ; left -= 1) {
    const response = await fetch(`${origin}/es`).catch(() => undefined);
    if (response?.ok) return;
    if (left === 0) throw new Error(`${origin} does not answer (${response?.status ?? 'no connection'})`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
