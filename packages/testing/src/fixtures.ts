import { test as base, expect } from '@playwright/test';
import { createControl, createRaasControl } from '../../../e2e/support/control-client.ts';
import { getEmbeddedFrame } from '../../../e2e/support/pages/embedded-page.ts';
import { JourneyPage } from '../../../e2e/support/pages/journey-page.ts';
import { type FrontDoor, type FrontDoorOptions, startFrontDoor } from './front-door.ts';
import { createWebhookInbox, type WebhookInbox } from './webhook-inbox.ts';

type TestFixtures = {
  /** The journey in `page`. */
  journey: JourneyPage;
  /** The journey in the `<remittance-onboarding>` element of `page`. */
  embeddedJourney: JourneyPage;
  /** What the stand-ins received, by phone (`raas`), typed text (`maps`) or last four digits (`vgs`), and their next answers. */
  raas: ReturnType<typeof createRaasControl>;
  maps: ReturnType<typeof createControl>;
  vgs: ReturnType<typeof createControl>;
  webhooks: WebhookInbox;
};
type WorkerFixtures = {
  /** Set it with `test.use` in a file, or with `use` in the configuration. */
  frontDoorOptions: FrontDoorOptions;
  /** One front door and one sandbox for each worker. */
  frontDoor: FrontDoor;
};

/** Six processes start, and the database is made: 5 s on a machine with nothing else to do. */
const BOOT_MS = 180_000;

export const test = base.extend<TestFixtures, WorkerFixtures>({
  frontDoorOptions: [{}, { option: true, scope: 'worker' }],
  frontDoor: [
    async ({ frontDoorOptions }, use) => {
      const frontDoor = await startFrontDoor(frontDoorOptions);
      await use(frontDoor);
      await frontDoor.stop();
    },
    { scope: 'worker', timeout: BOOT_MS },
  ],
  baseURL: async ({ frontDoor }, use) => use(frontDoor.origin),
  journey: async ({ page }, use) => use(new JourneyPage(page)),
  embeddedJourney: async ({ page }, use) => use(new JourneyPage(page, getEmbeddedFrame(page))),
  raas: async ({ frontDoor }, use) => use(createRaasControl(() => frontDoor.sandbox['raasControl'] ?? '')),
  maps: async ({ frontDoor }, use) => use(createControl(() => frontDoor.sandbox['mapsControl'] ?? '')),
  vgs: async ({ frontDoor }, use) => use(createControl(() => frontDoor.sandbox['vgsControl'] ?? '')),
  webhooks: async ({ frontDoor }, use) => use(createWebhookInbox(frontDoor.sandbox['partnerControl'] ?? '')),
});

export { expect };
