import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/**
 * The sections of ASVS 5.0.0, all three levels, and how many requirements each has. Out of scope: file handling (V5), WebRTC
 * (V17), GraphQL and WebSocket (4.3, 4.4), and being a resource or authorization server (10.3, 10.4, 10.6, 10.7).
 */
const SECTIONS: Record<string, number> = {
  '1.1': 2,
  '1.2': 10,
  '1.3': 12,
  '1.4': 3,
  '1.5': 3,
  '2.1': 3,
  '2.2': 3,
  '2.3': 5,
  '2.4': 2,
  '3.1': 1,
  '3.2': 3,
  '3.3': 5,
  '3.4': 8,
  '3.5': 8,
  '3.6': 1,
  '3.7': 5,
  '4.1': 5,
  '4.2': 5,
  '6.1': 3,
  '6.2': 12,
  '6.3': 8,
  '6.4': 6,
  '6.5': 8,
  '6.6': 4,
  '6.7': 2,
  '6.8': 4,
  '7.1': 3,
  '7.2': 4,
  '7.3': 2,
  '7.4': 5,
  '7.5': 3,
  '7.6': 2,
  '8.1': 4,
  '8.2': 4,
  '8.3': 3,
  '8.4': 2,
  '9.1': 3,
  '9.2': 4,
  '10.1': 2,
  '10.2': 3,
  '10.5': 5,
  '11.1': 4,
  '11.2': 5,
  '11.3': 5,
  '11.4': 4,
  '11.5': 2,
  '11.6': 2,
  '11.7': 2,
  '12.1': 5,
  '12.2': 2,
  '12.3': 5,
  '13.1': 4,
  '13.2': 6,
  '13.3': 4,
  '13.4': 7,
  '14.1': 2,
  '14.2': 8,
  '14.3': 3,
  '15.1': 5,
  '15.2': 5,
  '15.3': 7,
  '15.4': 4,
  '16.1': 1,
  '16.2': 5,
  '16.3': 4,
  '16.4': 3,
  '16.5': 4,
};
/** `met` names what proves it; the others give a reason. */
const STATUSES = ['met', 'provider', 'deployment', 'not-applicable', 'open'];

const parseCells = (line: string) =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
    (quoted ?? plain ?? '').replaceAll('""', '"'),
  );
const [head = '', ...lines] = readFileSync('docs/asvs.csv', 'utf8').trimEnd().split('\n');
const rows = lines.map((line) => {
  const [id = '', subject = '', status = '', control = '', proof = ''] = parseCells(line);
  return { id, subject, status, control, proof: proof.split(' ').filter(Boolean) };
});

test('every requirement of these sections has one row, in order', () => {
  const ids = Object.entries(SECTIONS).flatMap(([section, count]) =>
    Array.from({ length: count }, (_, index) => `${section}.${index + 1}`),
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
