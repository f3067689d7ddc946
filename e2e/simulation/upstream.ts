/** The upstream's own state, and what it must never receive. */
export type Call = {
  draft: number;
  phone: string;
  leftAtMs: number;
  /** It has made its user. */
  hasMade: boolean;
  /** Its process does not know what became of it. */
  isOpen: boolean;
  /** When looks since it left have found nobody, in simulated milliseconds. */
  absentMs: number[];
};

type User = { id: string; phone: string; madeBy: number | undefined; visibleAtMs: number };
export type Answer = { status: number; body: object; retryAfter?: string };

export type Upstream = {
  /** The first byte of a call leaves. Here the rules of sending are checked. */
  leave: (draft: number, phone: string) => Call;
  /** The call is processed. */
  work: (call: Call) => Answer;
  /** The calling process has this answer. */
  hear: (call: Call, status: number, hasLink: boolean) => void;
  look: (phone: string) => Answer;
  /** A process has heard whether somebody with this phone is there. */
  hearLook: (phone: string, isPresent: boolean) => void;
  linkFor: (userId: string) => Answer;
  hasMadeUser: (draft: number) => boolean;
  callsOf: (draft: number) => number;
  /** Whether a call of this draft may still arrive. */
  mayArrive: (draft: number) => boolean;
  /** An operator has made sure that nothing of this draft has arrived. */
  close: (draft: number) => void;
  /** The draft whose call made the user behind a link. */
  ownerOf: (link: string) => number | undefined;
};

/** A call is processed within this time after its first byte, or never. */
export const MAX_TRAVEL_MS = 60_000;
/**
 * Three looks over two minutes prove a call absent, and the first one comes a minute after its end. They are counted from the
 * beginning of a look, which takes at most so long.
 */
const LOOKS = 3;
const LOOKS_MS = 120_000;
const FIRST_LOOK_MS = 60_000;
const LOOK_MS = 2_500;

type Surroundings = {
  elapsedMs: () => number;
  invisibleMs: number;
  /** By how much clocks may differ. */
  slackMs: number;
  unwantedDrafts: ReadonlySet<number>;
  enrolledPhones: readonly string[];
  /** Milliseconds that a submission of unknown fate holds its phone. */
  holdMs: number;
  /** Until when the answers of a draft may be sent. */
  sendableUntilMs: (draft: number) => number;
  breach: (rule: string, detail: string, phone: string) => void;
};

const linkTo = ({ id }: User) => ({ link: `https://links.example/${id}`, status: 'Completed', statusDetail: 'None' });

export function createUpstream(surroundings: Surroundings): Upstream {
  const { elapsedMs, invisibleMs, slackMs, unwantedDrafts, enrolledPhones, holdMs, sendableUntilMs, breach } =
    surroundings;
  const calls: Call[] = [];
  const users: User[] = enrolledPhones.map((phone, index) => ({
    ...{ id: `earlier-${index}`, phone, madeBy: undefined, visibleAtMs: 0 },
  }));
  const notFound: Answer = { status: 404, body: { code: 'ERROR_USER_NOT_FOUND' } };
  function isProved({ absentMs, leftAtMs }: Call): boolean {
    const [first = 0, last = 0] = [absentMs[0], absentMs.at(-1)];
    if (absentMs.length < LOOKS || last - first < LOOKS_MS - LOOK_MS - slackMs) return false;
    return last - leftAtMs >= FIRST_LOOK_MS + LOOKS_MS - LOOK_MS - slackMs;
  }
  const isUnknown = (call: Call) => call.isOpen && !isProved(call);

  return {
    leave(draft, phone) {
      const own = calls.filter((call) => call.draft === draft);
      if (own.some(({ hasMade }) => hasMade)) breach('once', 'a call left after one that had been processed', phone);
      if (own.some(isUnknown)) breach('once', 'a call left while the fate of an earlier one was unknown', phone);
      const others = calls.filter((call) => call.draft !== draft && call.phone === phone);
      const isHeld = (call: Call) => isUnknown(call) && elapsedMs() - call.leftAtMs < holdMs;
      if (others.some(isHeld)) breach('one phone', 'two drafts called for one phone at once', phone);
      if (elapsedMs() > sendableUntilMs(draft))
        breach('card', 'a card was sent after its security code had run out', phone);
      const call: Call = { draft, phone, leftAtMs: elapsedMs(), hasMade: false, isOpen: true, absentMs: [] };
      calls.push(call);
      return call;
    },
    work(call) {
      if (unwantedDrafts.has(call.draft)) return { status: 400, body: { code: 'ERROR_OFAC_NOT_VALID' } };
      if (users.some(({ phone }) => phone === call.phone)) {
        return { status: 400, body: { code: 'ERROR_USER_ALREADY_ENROLLED' } };
      }
      const id = `user-${users.length}`;
      const user = { id, phone: call.phone, madeBy: call.draft, visibleAtMs: elapsedMs() + invisibleMs };
      users.push(user);
      call.hasMade = true;
      return { status: 200, body: linkTo(user) };
    },
    hear(call, status, hasLink) {
      const isDefinite = status < 300 ? hasLink : status !== 500;
      if (isDefinite) call.isOpen = false;
    },
    look(phone) {
      const user = users.find((one) => one.phone === phone && one.visibleAtMs <= elapsedMs());
      return user ? { status: 200, body: { userId: user.id, status: 'Completed' } } : notFound;
    },
    hearLook(phone, isPresent) {
      for (const call of calls.filter((one) => one.phone === phone)) {
        if (isPresent) call.isOpen = false;
        else call.absentMs.push(elapsedMs());
      }
    },
    linkFor(userId) {
      const user = users.find(({ id }) => id === userId);
      return user ? { status: 200, body: linkTo(user) } : notFound;
    },
    hasMadeUser: (draft) => users.some(({ madeBy }) => madeBy === draft),
    callsOf: (draft) => calls.filter((call) => call.draft === draft).length,
    mayArrive: (draft) =>
      calls.some((call) => call.draft === draft && call.isOpen && elapsedMs() - call.leftAtMs <= MAX_TRAVEL_MS),
    close(draft) {
      for (const call of calls) if (call.draft === draft) call.isOpen = false;
    },
    ownerOf: (link) => users.find((user) => linkTo(user).link === link)?.madeBy,
  };
}
