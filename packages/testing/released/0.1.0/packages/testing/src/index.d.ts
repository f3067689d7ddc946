export { createPhone } from '../../../e2e/support/create-phone.ts';
export { JourneyPage, type Lang, messages } from '../../../e2e/support/pages/journey-page.ts';
export { expect, test } from './fixtures.ts';
export { type FrontDoor, type FrontDoorOptions, startFrontDoor } from './front-door.ts';
export { createWebhookInbox, type WebhookInbox } from './webhook-inbox.ts';
