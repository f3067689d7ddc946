import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { draw, encodeJpeg } from '../scan/degrade.ts';
import { buildCurpText, buildLicenceText } from '../scan/document-texts.ts';
import type { Person } from '../scan/people.ts';
import { writePdf417, writeQrCode } from '../scan/write-codes.ts';
import { makeAuthority } from '../support/wallet/issuer-certificates.ts';

/** The demo's invented person. */
const PERSON: Person = {
  firstName: 'Maria',
  middleName: '',
  lastName: 'Garcia',
  lastName2: 'Lopez',
  sex: 'M',
  dob: '1987-06-24',
  birthState: ['DF', 'MX-CMX'],
  street: '1123 MAPLE AVE',
};

/**
 * Writes pictures of an invented person's CURP code and licence code, and the root certificate of an invented issuer: without a
 * root certificate the app offers no wallet. The issuer signs no document, so its key is not kept.
 *
 * @returns the paths
 */
export async function writeSampleDocuments(
  folder: string,
): Promise<{ curp: string; licence: string; walletRoots: string }> {
  const write = (name: string, content: string | Buffer) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const { certificate } = await makeAuthority(new Date());
  return {
    curp: write('curp.jpg', encodeJpeg(draw(writeQrCode(buildCurpText(PERSON, false), true), 6, 5), 85)),
    licence: write('licence.jpg', encodeJpeg(draw(writePdf417(buildLicenceText(PERSON)), 3, 4), 85)),
    walletRoots: write('issuers.pem', certificate.toString('pem')),
  };
}
