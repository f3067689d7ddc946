/** The upstream's own state, and checks of the calls that it receives. */
export type Call = {
  draft: number;
  phone: string;
  leftAtMs: number;
  /** It has made its user. */
  hasMade: boolean;
  /** Its process does not know what became of it. */
  isOpen: boolean;
  /** Times of the lookups since it left that found no user, in simulated milliseconds. */
  absentMs: number[];
};

type User = { id: string; phone: string; madeBy: number | undefined; visibleAtMs: number };
export type Answer = { status: number; body: object; retryAfter?: string };

export type Upstream = {
  /** The first byte of a call leaves. Here the rules of sending are checked. */
  startCall: (draft: number, phone: string) => Call;
  /** The call is processed. */
  processCall: (call: Call) => Answer;
  /** The calling process has this answer. */
  receiveAnswer: (call: Call, status: number, hasLink: boolean) => void;
  lookUp: (phone: string) => Answer;
  /** A process has learnt if a user with this phone exists. */
  receiveLookup: (phone: string, isPresent: boolean) => void;
  getLink: (userId: string) => Answer;
  hasCreatedUser: (draft: number) => boolean;
  countCalls: (draft: number) => number;
  /** True when a call of this draft may still arrive. */
  canArrive: (draft: number) => boolean;
  /** An operator has made sure that nothing of this draft has arrived. */
  closeCalls: (draft: number) => void;
  /** The draft whose call made the user behind a link. */
  findLinkOwner: (link: string) => number | undefined;
};

/** A call is processed within this time after its first byte, or never. */
export const MAX_TRAVEL_MS = 60_000;
/**
 * Three looks over two minutes prove a call absent, and the first one comes a minute after its end. They are counted from the
 * beginning of a look, which takes at most so long.
 */
const MIN_LOOKUPS = 3;
const LOOKUP_SPAN_MS = 120_000;
const FIRST_LOOKUP_MS = 60_000;
const MAX_LOOKUP_MS = 2_500;

type Dependencies = {
  elapsedMs: () => number;
  invisibleMs: number;
  /** By how much clocks may differ. */
  slackMs: number;
  unwantedDrafts: ReadonlySet<number>;
  enrolledPhones: readonly string[];
  /** Milliseconds that an ambiguous submission holds its phone. */
  holdMs: number;
  /** Until when the answers of a draft may be sent. */
  getSendDeadlineMs: (draft: number) => number;
  reportBreach: (rule: string, detail: string, phone: string) => void;
};

const buildLinkBody = ({ id }: User) => ({
  link: `https://links.example/${id}`,
  status: 'Completed',
  statusDetail: 'None',
});

export function createUpstream(dependencies: Dependencies): Upstream {
  const { elapsedMs, invisibleMs, slackMs, unwantedDrafts, enrolledPhones, holdMs, getSendDeadlineMs, reportBreach } =
    dependencies;
  const calls: Call[] = [];
  const users: User[] = enrolledPhones.map((phone, index) => ({
    id: `earlier-${index}`,
    phone,
    madeBy: undefined,
    visibleAtMs: 0,
  }));
  const notFound: Answer = { status: 404, body: { code: 'ERROR_USER_NOT_FOUND' } };
  function isProvedAbsent({ absentMs, leftAtMs }: Call): boolean {
    const [first = 0, last = 0] = [absentMs[0], absentMs.at(-1)];
    if (absentMs.length < MIN_LOOKUPS || last - first < LOOKUP_SPAN_MS - MAX_LOOKUP_MS - slackMs) return false;
    return last - leftAtMs >= FIRST_LOOKUP_MS + LOOKUP_SPAN_MS - MAX_LOOKUP_MS - slackMs;
  }
  const isUnknown = (call: Call) => call.isOpen && !isProvedAbsent(call);

  return {
    startCall(draft, phone) {
      const draftCalls = calls.filter((call) => call.draft === draft);
      if (draftCalls.some(({ hasMade }) => hasMade))
        reportBreach('once', 'a call left after one that had been processed', phone);
      if (draftCalls.some(isUnknown))
        reportBreach('once', 'a call left while the result of an earlier one was unknown', phone);
      const otherCalls = calls.filter((call) => call.draft !== draft && call.phone === phone);
      const isHeld = (call: Call) => isUnknown(call) && elapsedMs() - call.leftAtMs < holdMs;
      if (otherCalls.some(isHeld)) reportBreach('one phone', 'two drafts called for one phone at once', phone);
      if (elapsedMs() > getSendDeadlineMs(draft))
        reportBreach('card', 'a card was sent after its security code had run out', phone);
      const call: Call = { draft, phone, leftAtMs: elapsedMs(), hasMade: false, isOpen: true, absentMs: [] };
      calls.push(call);
      return call;
    },
    processCall(call) {
      if (unwantedDrafts.has(call.draft)) return { status: 400, body: { code: 'ERROR_OFAC_NOT_VALID' } };
      if (users.some(({ phone }) => phone === call.phone)) {
        return { status: 400, body: { code: 'ERROR_USER_ALREADY_ENROLLED' } };
      }
      const id = `user-${users.length}`;
      const user = { id, phone: call.phone, madeBy: call.draft, visibleAtMs: elapsedMs() + invisibleMs };
      users.push(user);
      call.hasMade = true;
      return { status: 200, body: buildLinkBody(user) };
    },
    receiveAnswer(call, status, hasLink) {
      const isDefinite = status < 300 ? hasLink : status !== 500;
      if (isDefinite) call.isOpen = false;
    },
    lookUp(phone) {
      const user = users.find((candidate) => candidate.phone === phone && candidate.visibleAtMs <= elapsedMs());
      return user ? { status: 200, body: { userId: user.id, status: 'Completed' } } : notFound;
    },
    receiveLookup(phone, isPresent) {
      for (const call of calls.filter((candidate) => candidate.phone === phone)) {
        if (isPresent) call.isOpen = false;
        else call.absentMs.push(elapsedMs());
      }
    },
    getLink(userId) {
      const user = users.find(({ id }) => id === userId);
      return user ? { status: 200, body: buildLinkBody(user) } : notFound;
    },
    hasCreatedUser: (draft) => users.some(({ madeBy }) => madeBy === draft),
    countCalls: (draft) => calls.filter((call) => call.draft === draft).length,
    canArrive: (draft) =>
      calls.some((call) => call.draft === draft && call.isOpen && elapsedMs() - call.leftAtMs <= MAX_TRAVEL_MS),
    closeCalls(draft) {
      for (const call of calls) if (call.draft === draft) call.isOpen = false;
    },
    findLinkOwner: (link) => users.find((user) => buildLinkBody(user).link === link)?.madeBy,
  };
}
