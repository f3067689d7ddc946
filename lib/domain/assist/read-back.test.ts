import { expect, test } from 'vitest';
import en from '../../i18n/messages/en.json' with { type: 'json' };
import es from '../../i18n/messages/es.json' with { type: 'json' };
import { buildReadBackGroups } from './read-back.ts';

const [english, spanish] = [en.spoken.spell, es.spoken.spell];

test('a phone is read back in pairs, its plus first, whatever stands between the digits', () => {
  expect(buildReadBackGroups('phoneNumber', '55 2120-6706', spanish)).toEqual([
    'cinco cinco',
    'dos uno',
    'dos cero',
    'seis siete',
    'cero seis',
  ]);
  expect(buildReadBackGroups('phoneNumber', '+52 55 2120 6706', english)[0]).toBe('plus');
  expect(buildReadBackGroups('phoneNumber', '+52 55 2120 6706', english).slice(1, 3)).toEqual([
    'five two',
    'five five',
  ]);
});

test('an account is read back in threes', () => {
  expect(buildReadBackGroups('ubnParams.number', '0023 2027', english)).toEqual([
    'zero zero two',
    'three two zero',
    'two seven',
  ]);
});

test('an e-mail is spelled, with a word for the letters that sound alike', () => {
  expect(buildReadBackGroups('email', 'B_v@x.mx', spanish)).toEqual([
    'b de burro',
    'guion bajo',
    'v de vaca',
    'arroba',
    'x',
    'punto',
    'm de mamá',
    'x',
  ]);
});

test('nothing is read back as long as there is too little', () => {
  expect(buildReadBackGroups('phoneNumber', '55 1', english)).toEqual([]);
});
