import 'server-only';
import { buildHistory, type HistoryAct } from '../../domain/assist/audit-history.ts';
import { getStore } from '../../store/store.ts';

export type NamedAct = HistoryAct & { actorName: string };

/** Returns the acts on a case, the newest first. An entry of an earlier version has its agent's present name, or the login id. */
export async function getCaseHistory(caseId: string): Promise<NamedAct[]> {
  const { audit, agents } = await getStore();
  const acts = buildHistory(await audit.listByCase(caseId));
  const unnamed = acts.flatMap(({ actor, actorName }) => (actorName === undefined ? [actor] : []));
  const names = await agents.findNames([...new Set(unnamed)]);
  return acts.map((act) => ({ ...act, actorName: act.actorName ?? names.get(act.actor) ?? act.actor }));
}
