import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { PartnerLinkKeys } from '../../../e2e/support/partner-keys.ts';
import { type Origins, PARTNER_API_KEY, startStack } from '../../../e2e/support/stack.ts';

export type FrontDoorOptions = {
  /** The folder of a built front door; `FRONT_DOOR_FOLDER` if not set. */
  folder?: string;
  /** Environment variables of the front door, such as `BRAND_FILE`, `WEBHOOKS_FILE` or `PARTNER_RETURN_ORIGINS`. */
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

/**
 * Starts the sandbox on free ports and a built front door on it, with an empty database.
 *
 * @throws Error when no folder is named, or with the output of a process that does not start
 */
export async function startFrontDoor({ folder, env }: FrontDoorOptions = {}): Promise<FrontDoor> {
  const appFolder = folder ?? process.env['FRONT_DOOR_FOLDER'];
  if (!appFolder) throw new Error('Set FRONT_DOOR_FOLDER to the folder of a built front door');
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
