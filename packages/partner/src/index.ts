export type { AnswerName, Answers } from './answers.ts';
export type { ApplicationEvent, ApplicationState, ApplicationStatus } from './application-types.ts';
export {
  createPartnerLink,
  createPartnerToken,
  type PartnerLinkContent,
  type PartnerLinkKeys,
} from './create-partner-link.ts';
export { ApplicationStatusError, readApplicationStatus, type StatusApi } from './read-application-status.ts';
export { verifyWebhook, WebhookError, type WebhookRequest } from './verify-webhook.ts';
