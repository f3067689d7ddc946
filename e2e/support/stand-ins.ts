import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isPortFree, type Processes } from './processes.ts';

const STAND_INS = ['raas', 'maps', 'vgs', 'partner', 'idp'];

/** `.ts` here, `.js` in `packages/testing`, which has the same folders in compiled form. */
const EXTENSION = extname(import.meta.url);

/** The ports of `npm run demo`, each with the variable that changes it. */
const DEMO_PORTS: Record<string, number> = {
  PORT: 3000,
  SANDBOX_RAAS_PORT: 4010,
  SANDBOX_LINK_PORT: 4011,
  SANDBOX_RAAS_CONTROL_PORT: 4012,
  SANDBOX_RAAS_TLS_PORT: 4013,
  SANDBOX_MAPS_PORT: 4020,
  SANDBOX_MAPS_CONTROL_PORT: 4022,
  SANDBOX_VGS_PORT: 4030,
  SANDBOX_VGS_CONTROL_PORT: 4032,
  SANDBOX_PARTNER_PORT: 4040,
  SANDBOX_PARTNER_CONTROL_PORT: 4042,
  SANDBOX_IDP_PORT: 4050,
};

export async function getDemoPorts(): Promise<Record<string, string>> {
  const ports: Record<string, string> = {};
  for (const [variable, defaultPort] of Object.entries(DEMO_PORTS)) {
    const port = Number(process.env[variable] ?? defaultPort);
    if (!(await isPortFree(port))) {
      const example = `${variable}=${port + 1000} npm run demo`;
      throw new Error(`Port ${port} is taken. Set ${variable} to a free port, for example: ${example}`);
    }
    ports[variable] = String(port);
  }
  return ports;
}

export const getFreePorts = () => Object.fromEntries(Object.keys(DEMO_PORTS).map((variable) => [variable, '0']));

/** Starts the stand-ins. @returns where they answer */
export async function startSandbox(processes: Processes, env: Record<string, string>): Promise<Record<string, string>> {
  const originPromises = STAND_INS.map((name) =>
    processes.start(
      `The ${name} stand-in`,
      process.execPath,
      [fileURLToPath(new URL(`../sandbox/${name}/server${EXTENSION}`, import.meta.url))],
      { env: { ...process.env, ...env } },
      (line) =>
        line.startsWith('{"ready"') ? (JSON.parse(line) as { ready: Record<string, string> }).ready : undefined,
    ),
  );
  return Object.assign({}, ...(await Promise.all(originPromises))) as Record<string, string>;
}
