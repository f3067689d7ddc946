import { expect, test } from 'vitest';
import { readDocumentCode } from './read-document-code.ts';

const LICENCE = 'ANSI 636000100102DL00410278DLDCSGARCIA\nDCGUSA\r';
const INE = 'https://qr.ine.mx/004697';

test('a code counts where its document is offered', () => {
  expect(readDocumentCode(LICENCE, ['curp', 'licence'])).toEqual({ kind: 'read', fields: { lastName: 'GARCIA' } });
  expect(readDocumentCode(LICENCE, ['curp'])).toEqual({ kind: 'unknown' });
  expect(readDocumentCode(INE, ['curp', 'licence'])).toEqual({ kind: 'addressOnly' });
  expect(readDocumentCode(INE, ['licence'])).toEqual({ kind: 'unknown' });
});
