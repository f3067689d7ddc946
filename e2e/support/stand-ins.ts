import { fileURLToPath } from 'node:url';
import { EXTENSION, isPortFree, type Processes } from './processes.ts';

const STAND_INS = ['raas', 'maps', 'vgs', 'partner', 'idp'];

/** The stand-ins' fixed ports, each with the variable that changes it. */
const SANDBOX_PORTS: Record<string, number> = {
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

/** The ports of `npm run demo`. */
const DEMO_PORTS: Record<string, number> = { PORT: 3000, ...SANDBOX_PORTS };

export const getDemoPorts = () => findFixedPorts(DEMO_PORTS, 'npm run demo');

/** @param command that the message about a taken port names */
export const getSandboxPorts = (command: string) => findFixedPorts(SANDBOX_PORTS, command);

async function findFixedPorts(defaults: Record<string, number>, command: string): Promise<Record<string, string>> {
  const ports: Record<string, string> = {};
  for (const [variable, defaultPort] of Object.entries(defaults)) {
    const port = Number(process.env[variable] ?? defaultPort);
    if (port !== 0 && !(await isPortFree(port))) {
      const example = `${variable}=${port + 1000} ${command}`;
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
