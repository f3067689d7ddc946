import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/**
 * The requirements of ASVS 5.0 that apply: sections and how far each is counted, single numbers or spans. Out of scope: file upload (V5),
 * WebRTC (V17), GraphQL and WebSocket (4.3, 4.4), being an authorization server (10.3, 10.4, 10.6, 10.7), and interpreters that
 * nothing here speaks to.
 */
const APPLIES: Record<string, string> = {
  ...{ '1.1': '1-2', '1.2': '1-5 9-10', '1.3': '2-3 6-7 10 12', '1.4': '2', '1.5': '2-3' },
  ...{ '2.1': '1-3', '2.2': '1-3', '2.3': '1-4', '2.4': '1-2' },
  ...{ '3.1': '1', '3.2': '1-3', '3.3': '1-5', '3.4': '1-8', '3.5': '1-8', '3.6': '1', '3.7': '1-5' },
  ...{ '4.1': '1-5', '4.2': '1-5' },
  ...{ '6.1': '1-3', '6.2': '1-12', '6.3': '1-8', '6.4': '1-4 6', '6.5': '1-6 8', '6.7': '1-2', '6.8': '1-2 4' },
  ...{ '7.1': '1-3', '7.2': '1-4', '7.3': '1-2', '7.4': '1-5', '7.5': '1-3', '7.6': '1-2' },
  ...{ '8.1': '1-3', '8.2': '1-3', '8.3': '1-3', '8.4': '1-2' },
  ...{ '9.1': '1-3', '9.2': '1-3', '10.1': '1-2', '10.2': '1-3', '10.5': '1-5' },
  ...{ '11.1': '1-3', '11.2': '1-5', '11.3': '1-4', '11.4': '1-4', '11.5': '1-2', '11.7': '2' },
  ...{ '12.1': '1-2', '12.2': '1-2', '12.3': '1-2' },
  ...{ '13.1': '1-4', '13.2': '1-6', '13.3': '1-2 4', '13.4': '1-7' },
  ...{ '14.1': '1-2', '14.2': '1-7', '14.3': '1-3' },
  ...{ '15.1': '1-5', '15.2': '1-5', '15.3': '1-7', '15.4': '2-4' },
  ...{ '16.1': '1', '16.2': '1-5', '16.3': '1-4', '16.4': '1-3', '16.5': '1-4' },
};
/** `met` names what proves it; the others give a reason. */
const STATUSES = ['met', 'provider', 'deployment', 'not-applicable', 'open'];

const cells = (line: string) =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
    (quoted ?? plain ?? '').replaceAll('""', '"'),
  );
const [head = '', ...lines] = readFileSync('asvs.csv', 'utf8').trimEnd().split('\n');
const rows = lines.map((line) => {
  const [id = '', subject = '', status = '', control = '', proof = ''] = cells(line);
  return { id, subject, status, control, proof: proof.split(' ').filter(Boolean) };
});

const numbers = (spans: string) =>
  spans.split(' ').flatMap((span) => {
    const [first = 0, last = first] = span.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, at) => first + at);
  });

test('every requirement that applies has one row, in order', () => {
  const ids = Object.entries(APPLIES).flatMap(([section, spans]) =>
    numbers(spans).map((number) => `${section}.${number}`),
  );
  expect(head).toBe('id,subject,status,control,proof');
  expect(rows.map(({ id }) => id)).toEqual(ids);
});

test('every row says what stands, and what proves it or why there is no proof', () => {
  for (const { id, subject, status, control, proof } of rows) {
    expect(STATUSES, id).toContain(status);
    expect(subject.length, id).toBeGreaterThan(3);
    expect(control.length, id).toBeGreaterThan(3);
    if (status === 'met') expect(proof.length, id).toBeGreaterThan(0);
  }
});

test('every file that a row names is there', () => {
  expect(rows.flatMap(({ proof }) => proof).filter((file) => !existsSync(file))).toEqual([]);
});
