import { type Messages, toFlatMessages, withTexts } from './message-tree.ts';

type WithAgentTexts = Messages & { assist: { thirdPerson: Messages } };

/** Returns the messages as an agent reads them: texts of the customer's pages speak about the customer, in the third person. */
export const withAgentTexts = <Tree extends WithAgentTexts>(messages: Tree): Tree =>
  withTexts(messages, Object.fromEntries(toFlatMessages(messages.assist.thirdPerson)));
