import { expect, test } from 'vitest';
import { findMexicanState, MEXICAN_STATES } from './mexican-states.ts';

test('every state is found by its code, its short name and its full name', () => {
  expect(MEXICAN_STATES).toHaveLength(32);
  for (const state of MEXICAN_STATES) {
    for (const text of [state.iso, state.short, state.name, state.name.toUpperCase()]) {
      expect(findMexicanState(text)?.iso, text).toBe(state.iso);
    }
  }
});

test.each(['DF', 'D.F.', 'Distrito Federal', 'CDMX', 'MX-CMX', 'cmx', 'ciudad de mexico', 'México, D.F.'])(
  '%s is Mexico City',
  (text) => {
    expect(findMexicanState(text)?.short).toBe('CDMX');
  },
);

test('an unknown name stays unknown', () => {
  expect(findMexicanState('Texas')).toBeUndefined();
  expect(findMexicanState('')).toBeUndefined();
});
