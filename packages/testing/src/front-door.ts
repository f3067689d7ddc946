import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { PartnerLinkKeys } from '../../../e2e/support/partner-keys.ts';
import { type Origins, PARTNER_API_KEY, startStack, waitForServer } from '../../../e2e/support/stack.ts';

export type FrontDoorOptions = {
  /** The origin of a front door that runs already, on the stand-ins of `front-door-sandbox`; `FRONT_DOOR_URL` if not set. */
  url?: string;
  /** The folder of a built front door; `FRONT_DOOR_FOLDER` if not set. */
  folder?: string;
  /** Environment variables of the front door that is started, such as `BRAND_FILE`, `WEBHOOKS_FILE` or `PARTNER_RETURN_ORIGINS`. */
  env?: Record<string, string>;
};

export type FrontDoor = {
  origin: string;
  /** For `createPartnerLink`. */
  linkKeys: PartnerLinkKeys;
  /** For `readApplicationStatus`. */
  statusApi: { origin: string; apiKey: string };
  /** For `verifyWebhook`: the secret of events that the sandbox receives. */
  webhookSecret: string;
  /** Where the stand-ins and their control ports answer. */
  sandbox: Omit<Origins, 'app' | 'server'>;
  stop: () => Promise<void>;
};

/** What `front-door-sandbox` tells the tests, in the file that `FRONT_DOOR_SANDBOX` names. */
export type RunningFrontDoor = Omit<FrontDoor, 'stop'>;

/**
 * Finds a front door that runs already. `stop` leaves it and its sandbox as they are.
 *
 * @throws Error when the sandbox was started for another front door, or when the front door does not answer
 */
async function findFrontDoor(url: string): Promise<FrontDoor> {
  const file = process.env['FRONT_DOOR_SANDBOX'];
  if (!file) throw new Error('Set FRONT_DOOR_SANDBOX to the file that front-door-sandbox has printed');
  const frontDoor = JSON.parse(readFileSync(file, 'utf8')) as RunningFrontDoor;
  if (new URL(url).origin !== frontDoor.origin)
    throw new Error(`FRONT_DOOR_URL is ${url}, but front-door-sandbox was started for ${frontDoor.origin}`);
  await waitForServer(frontDoor.origin);
  return { ...frontDoor, stop: async () => {} };
}

/**
 * Starts the sandbox on free ports and a built front door on it, with an empty database; or finds one that runs already.
 *
 * @throws Error when neither an origin nor a folder is named, or with the output of a process that does not start
 */
export async function startFrontDoor({ url, folder, env }: FrontDoorOptions = {}): Promise<FrontDoor> {
  const runningUrl = url ?? (folder === undefined ? process.env['FRONT_DOOR_URL'] : undefined);
  if (runningUrl && env) throw new Error('A front door that runs already does not take environment variables');
  if (runningUrl) return findFrontDoor(runningUrl);
  const appFolder = folder ?? process.env['FRONT_DOOR_FOLDER'];
  if (!appFolder) throw new Error('Set FRONT_DOOR_FOLDER to the folder of a built front door, or FRONT_DOOR_URL');
  const dataFolder = mkdtempSync(join(tmpdir(), 'front-door-testing-'));
  const removeData = () => rmSync(dataFolder, { recursive: true, force: true });
  try {
    const stack = await startStack({
      ports: 'free',
      folder: resolve(appFolder),
      hasWebhooks: true,
      env: { DATA_DIR: dataFolder, ...env },
    });
    const { app: origin, server: _server, ...sandbox } = stack.origins;
    const stop = async () => {
      await stack.stop();
      removeData();
    };
    const statusApi = { origin, apiKey: PARTNER_API_KEY };
    return { origin, linkKeys: stack.linkKeys, statusApi, webhookSecret: stack.webhookSecret, sandbox, stop };
  } catch (error) {
    removeData();
    throw error;
  }
}
