import bwipjs from 'bwip-js/node';

/** Modules of a code, row by row: 1 is dark. `aspect` is the height of a module in widths. */
export type Code = { width: number; height: number; modules: readonly number[]; aspect: number };

type RawCode = { pixs: number[]; pixx: number; pixy: number };

const toLatin1 = (text: string) => [...text].map((char) => (char.charCodeAt(0) > 255 ? '?' : char)).join('');

function write(options: { bcid: string; text: string } & Record<string, unknown>, aspect: number): Code {
  const [code] = bwipjs.raw(options) as unknown as [RawCode];
  return { width: code.pixx, height: code.pixy, modules: code.pixs, aspect };
}

/** Writes a QR code, in UTF-8 or in Latin-1: which of both certificates use is not documented. */
export const writeQrCode = (text: string, isUtf8: boolean): Code =>
  write({ bcid: 'qrcode', text: isUtf8 ? text : toLatin1(text), binarytext: !isUtf8, eclevel: 'M' }, 1);

/** Writes a PDF417 code as licences have it. */
export const writePdf417 = (text: string): Code =>
  write({ bcid: 'pdf417', text: toLatin1(text), binarytext: true, columns: 14, eclevel: 5, rowmult: 1 }, 3);
