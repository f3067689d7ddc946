/** `npm run webhooks -- list | redeliver <event id> | redeliver --failed <endpoint>` */
import { MAX_LISTED_EVENTS, type UndeliveredEvent } from '../store/application-events/outbox-admin.ts';
import { getStore } from '../store/store.ts';
import { runCommand } from './run-command.ts';

const USAGE = `Usage:
  npm run webhooks -- list                            events that were not delivered, the newest first
  npm run webhooks -- redeliver <event id>            sends an event again, also a delivered one, for another three days
  npm run webhooks -- redeliver --failed <endpoint>   sends all failed events of an endpoint again
With the embedded database the server must be stopped first.`;

const formatEvent = ({ id, endpoint, type, at, state, attempts, result }: UndeliveredEvent) =>
  [at.toISOString(), state.padEnd(7), endpoint, type, `attempts ${attempts}`, result ?? '-', id].join('  ');

function parseSelection([first, endpoint]: readonly string[]): { id: string } | { endpoint: string } | undefined {
  if (first === '--failed') return endpoint === undefined ? undefined : { endpoint };
  return first?.startsWith('msg_') ? { id: first } : undefined;
}

/** Runs one command. @returns the exit code */
async function runWebhooksCommand([command, ...words]: readonly string[]): Promise<number> {
  const selection = command === 'redeliver' ? parseSelection(words) : undefined;
  if (command !== 'list' && !selection) {
    console.error(USAGE);
    return 2;
  }
  const { outboxAdmin, close } = await getStore();
  try {
    if (!selection) {
      const events = await outboxAdmin.listUndelivered();
      console.log(events.length > 0 ? events.map(formatEvent).join('\n') : 'Every event was delivered.');
      if (events.length === MAX_LISTED_EVENTS)
        console.log(`These are the newest ${MAX_LISTED_EVENTS}; there may be more.`);
      return 0;
    }
    const eventCount = await outboxAdmin.redeliver(selection);
    console.log(`Events that are sent again: ${eventCount}`);
    return eventCount > 0 ? 0 : 1;
  } finally {
    await close();
  }
}

runCommand(runWebhooksCommand);
