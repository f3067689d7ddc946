import { expect } from '@playwright/test';
import { createControl, createRaasControl } from '../../../e2e/support/control-client.ts';
import { JourneyPage } from '../../../e2e/support/pages/journey-page.ts';
import { type FrontDoor, type FrontDoorOptions } from './front-door.ts';
import { type WebhookInbox } from './webhook-inbox.ts';
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
export declare const test: import("@playwright/test").TestType<import("@playwright/test").PlaywrightTestArgs & import("@playwright/test").PlaywrightTestOptions & TestFixtures, import("@playwright/test").PlaywrightWorkerArgs & import("@playwright/test").PlaywrightWorkerOptions & WorkerFixtures>;
export { expect };
