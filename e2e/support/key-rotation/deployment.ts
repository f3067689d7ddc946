import { rmSync } from 'node:fs';
import { createPartnerKeys } from '../partner-keys.ts';
import { Processes } from '../processes.ts';
import { startRecordingProxy } from '../recording-proxy.ts';
import { type CommandResult, runNode, runOperatorCommand } from '../run-operator-command.ts';
import { getAppEnv, NO_LIMITS, startApp } from '../stack.ts';
import { getFreePorts, startSandbox } from '../stand-ins.ts';

/** Neither the reconciler nor load shedding nor a slow disk changes what a drill looks at. */
const QUIET_SETTINGS = {
  DATABASE_CONNECT_MS: '30000',
  DATABASE_QUERY_MS: '30000',
  RECONCILE_AFTER_MS: '1800000',
  RECONCILE_PARK_MS: '3000000',
  RECONCILE_EVERY_MS: '200',
  DRAIN_GRACE_MS: '0',
  SHED_DELAY_MS: '60000',
  SHED_BUSY_REQUESTS: '128',
  UPSTREAM_QUEUE: '512',
  UPSTREAM_QUEUE_MS: '20000',
};

/** The keys of a deployment as its environment has them. */
export type KeyEnv = { DATA_KEY: string; HASH_KEY: string };
type Server = { processes: Processes; port: number };

export type Deployment = Awaited<ReturnType<typeof startDeployment>>;

/**
 * Starts the stand-ins and a gateway for servers and operators' commands whose keys change.
 *
 * @param database `DATABASE_URL` or `DATA_DIR`
 */
export async function startDeployment(database: Record<string, string>) {
  const [standIns, partnerKeys, recordingProxy] = [new Processes(), createPartnerKeys(), await startRecordingProxy()];
  const app = recordingProxy.origin;
  const partner = { ...partnerKeys.sandbox, SANDBOX_PARTNER_AUDIENCE: app, SANDBOX_IDP_CLIENT_ORIGIN: app };
  const origins = await startSandbox(standIns, { ...getFreePorts(), ...partner });
  const common = { ...getAppEnv(app, origins), ...NO_LIMITS, ...QUIET_SETTINGS, ...partnerKeys.app, ...database };
  const startedProcesses = new Set<Processes>();
  let servers: Server[] = [];
  let output = '';

  async function startServer(keys: KeyEnv): Promise<Server> {
    const processes = new Processes();
    startedProcesses.add(processes);
    const onOutput = (text: string) => {
      output += text;
    };
    return { processes, port: await startApp(processes, { env: { ...common, ...keys }, port: '0', onOutput }) };
  }

  async function stopServers(): Promise<void> {
    await Promise.all([...startedProcesses].map((processes) => processes.stop()));
    startedProcesses.clear();
    servers = [];
  }

  return {
    app,
    raasControl: origins['raasControl'] ?? '',
    getPorts: () => servers.map(({ port }) => port),
    /** Output of all servers and commands. */
    getOutput: () => output,

    async start(keys: KeyEnv, size: number): Promise<void> {
      servers = await Promise.all(Array.from({ length: size }, () => startServer(keys)));
      recordingProxy.forwardTo(servers[0]?.port ?? 0);
    },

    stopServers,

    /**
     * Restarts the servers with other keys, one after the other.
     *
     * @param afterFirst runs when the first has them and the others do not
     */
    async restart(keys: KeyEnv, afterFirst?: () => Promise<void>): Promise<void> {
      for (const [index, { processes }] of servers.entries()) {
        await processes.stop();
        servers[index] = await startServer(keys);
        recordingProxy.forwardTo(servers[0]?.port ?? 0);
        if (index === 0) await afterFirst?.();
      }
    },

    /** The cause with which a server refuses to start; undefined when it starts. */
    async findBootError(keys: KeyEnv): Promise<string | undefined> {
      const result = await startServer(keys).catch((error: Error) => error);
      if (result instanceof Error) {
        const [, cause] = /"event":"boot\.failed","cause":(".*")/.exec(result.message) ?? [];
        if (cause === undefined) throw result;
        return JSON.parse(cause) as string;
      }
      await result.processes.stop();
      return undefined;
    },

    async runCommand(keys: KeyEnv, command: string, ...commandArgs: string[]): Promise<CommandResult> {
      const result = await runOperatorCommand(command, commandArgs, { ...common, ...keys });
      output += result.stdout + result.stderr;
      return result;
    },

    /** Runs a file of the product that prints JSON. */
    async runJson<Content>(keys: KeyEnv, file: string, ...commandArgs: string[]): Promise<Content> {
      const { status, stdout, stderr } = await runNode(file, commandArgs, { ...common, ...keys });
      if (status !== 0) throw new Error(stderr);
      return JSON.parse(stdout) as Content;
    },

    async stop(): Promise<void> {
      await stopServers();
      recordingProxy.stop();
      await standIns.stop();
      rmSync(partnerKeys.folder, { recursive: true, force: true });
    },
  };
}
