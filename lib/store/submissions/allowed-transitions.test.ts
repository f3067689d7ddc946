import { describe, expect, test } from 'vitest';
import { SUBMISSION_STATES } from '../../domain/submission.ts';
import { listRetentionStatements, listSubmissionStatements, type PreparedStatement } from '../test-statements.ts';
import { ALLOWED_TRANSITIONS, type AllowedTransition } from './allowed-transitions.ts';

const TABLE = new Map(
  Object.entries<AllowedTransition>(ALLOWED_TRANSITIONS).map(
    ([name, { from, to, isFenced, phone, event, decision }]) => [
      name,
      { from: [...from].sort(), to, isFenced, phone, event, decision },
    ],
  ),
);

/** Writes literal values into the text: `"state" = $1` becomes `"state" = 'received'`. Parameters stay as they are. */
function inlineLiterals({ text, params }: PreparedStatement): string {
  return text.replace(/\$(\d+)/g, (placeholder, number) => {
    const param = params[Number(number) - 1];
    return typeof param === 'string' ? `'${param}'` : placeholder;
  });
}

const listQuoted = (text: string) => [...text.matchAll(/'(\w+)'/g)].map(([, value]) => value ?? '');

/** Returns the states that the condition accepts. Conditions of transitions are joined by `and`. */
function readFrom(condition: string): string[] {
  const comparisons = [...condition.matchAll(/"submissions"\."state" (?:= '\w+'|in \([^)]*\))/g)];
  expect(comparisons.length, 'one comparison of the state').toBe(1);
  return listQuoted(comparisons[0]?.[0] ?? '').sort();
}

function readPhone(text: string): string {
  if (text.includes('insert into "claims"')) return 'claimed';
  if (text.includes('update "claims"')) return 'extended';
  return text.includes('delete from "claims"') ? 'released' : 'unchanged';
}

/** Reads the event for the partner, which the statement writes once for each of the two endpoints. */
function readEvent(text: string): { event: string | undefined; decision: string | undefined } {
  const [, write] = /"announced" as \(insert into "webhook_events" (.*?) as endpoint \(name\)\)/s.exec(text) ?? [];
  const [, event, decision] = /'(application\.\w+)'::text, [^,]*, (?:'(\w+)'|null)::text/.exec(write ?? '') ?? [];
  if (event) expect(write).toContain(`from "moved" cross join (values ('first'::text), ('second'::text))`);
  return { event, decision };
}

/** Reads a transition from the SQL of a statement. @returns undefined when the statement changes no state */
function readTransition(statement: PreparedStatement) {
  const text = inlineLiterals(statement);
  const [, change = ''] = /^with "moved" as \((.*?) returning "id", "draft_id"/s.exec(text) ?? [];
  const phone = readPhone(text);
  if (change === '') return undefined;
  const event = readEvent(text);
  const [, columns = '', values = ''] = /^insert into "submissions" \((.*?)\) values \((.*)\) on/.exec(change) ?? [];
  if (columns) {
    const to = values.split(', ')[columns.split(', ').indexOf('"state"')]?.replaceAll("'", '');
    return { from: [], to, isFenced: false, phone, ...event };
  }
  const [, assignments = '', condition = ''] = /^update "submissions" set (.*?) where (.*)$/s.exec(change) ?? [];
  const [, to] = /^"state" = '(\w+)'/.exec(assignments) ?? [];
  if (to === undefined) return undefined;
  const isFenced = /"submissions"\."fence" = \$\d+/.test(condition);
  return { from: readFrom(condition), to, isFenced, phone, ...event };
}

const readTransitions = (statements: readonly PreparedStatement[]) =>
  new Map(
    statements.flatMap((statement) => {
      const transition = readTransition(statement);
      return transition ? [[statement.name, transition] as const] : [];
    }),
  );

describe('the table of allowed transitions', () => {
  const statements = [...listSubmissionStatements(), ...listRetentionStatements()];

  test('matches the SQL of the prepared statements, and each statement that sets a state is in it', () => {
    expect(readTransitions(statements)).toEqual(TABLE);
  });

  test('leads to every state from a new row, and out of no final state', () => {
    const reached = new Set<string>();
    for (let size = -1; size < reached.size; ) {
      size = reached.size;
      for (const { from, to } of TABLE.values())
        if (from.length === 0 || from.some((state) => reached.has(state))) reached.add(to);
    }
    expect([...reached].sort()).toEqual([...SUBMISSION_STATES].sort());
    const left = new Set([...TABLE.values()].flatMap(({ from }) => from as readonly string[]));
    expect(['succeeded', 'refused', 'expired'].filter((state) => left.has(state))).toEqual([]);
  });

  test('covers every write of a state: no other statement sets one', () => {
    const setsState = ({ text }: PreparedStatement) =>
      /update "submissions" set (?:(?! where ).)*"state" =/.test(text) || text.includes('insert into "submissions"');
    expect(
      statements
        .filter(setsState)
        .map(({ name }) => name)
        .filter((name) => !TABLE.has(name)),
    ).toEqual([]);
  });

  test.each<[string, string, (text: string) => string, Partial<ReturnType<typeof readTransition>>]>([
    ['claim', 'a missing state', (text) => text.replace(/ and "submissions"."state" = \$8/, ''), { from: [] }],
    [
      'finish_refused',
      'a missing fence',
      (text) => text.replace(/"submissions"."fence" = \$\d+/, 'true'),
      { isFenced: false },
    ],
    [
      'delivered',
      'a kept phone',
      (text) => text.replace(/, "freed" as \(.*?\), "announced"/s, ', "announced"'),
      { phone: 'unchanged' },
    ],
    [
      'finish_parked',
      'a missing event',
      (text) => text.replace(/, "announced" as \(.*?\(name\)\)/s, ''),
      { event: undefined },
    ],
  ])('would show in %s %s', (name, _defect, plant, difference) => {
    const statement = statements.find((candidate) => candidate.name === name);
    if (!statement) throw new Error(name);
    const defect = { ...statement, text: plant(statement.text) };
    expect(defect.text).not.toBe(statement.text);
    const read = () => readTransition(defect);
    if (difference?.from) expect(read).toThrow('one comparison of the state');
    else expect(read()).toEqual({ ...TABLE.get(name), ...difference });
  });
});
