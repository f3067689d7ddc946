import { prepareZXingModule, readBarcodes, type ZXingModuleOverrides } from 'zxing-wasm/reader';
import { estimateTilt } from './estimate-tilt.ts';
import { type GrayImage, rotateImage } from './rotate-image.ts';
import { sharpenImage } from './sharpen-image.ts';

export type CodeFormat = 'QRCode' | 'PDF417';

export type ReadOptions = {
  formats: readonly CodeFormat[];
  /** A picture of a camera that moves: the next one comes soon, so two attempts are enough. */
  isFrame: boolean;
  /** Returns whether the time for more attempts is over. */
  isLate: () => boolean;
};

/**
 * Turns of a picture, in degrees, after the estimated one. The decoder reads a QR code at any angle, but a PDF417 code within 2 degrees
 * alone (measured with zxing-wasm 3.1.4).
 */
const SWEEP_DEGREES = [3, -3, 6, -6, 9, -9, 12, -12, 15, -15, 18, -18];

/** Noise and light add edges in no direction, so that the estimate is up to this factor too small (measured). */
const MAX_UNDERESTIMATE = 1.4;

/** @param overrides where the decoder's WebAssembly is: the library would fetch it from a network of others */
export const prepareReader = (overrides: ZXingModuleOverrides) =>
  prepareZXingModule({ overrides, fireImmediately: true });

/** Text of a code in UTF-8, otherwise in Latin-1: issuers use both and do not say which. */
function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function toImageData({ width, height, data: gray }: GrayImage) {
  const pixels = new Uint32Array(width * height);
  for (let index = 0; index < pixels.length; index += 1) pixels[index] = 0xff000000 | ((gray[index] ?? 0) * 0x010101);
  return { width, height, data: new Uint8ClampedArray(pixels.buffer), colorSpace: 'srgb' } as ImageData;
}

async function decode(
  image: GrayImage,
  formats: readonly CodeFormat[],
  tryRotate: boolean,
): Promise<string | undefined> {
  const [result] = await readBarcodes(toImageData(image), {
    formats: [...formats],
    tryRotate,
    tryDownscale: true,
    tryInvert: false,
    maxNumberOfSymbols: 1,
    // The default writes `<LF>` for a line feed, which parts the elements of a licence.
    textMode: 'Plain',
  });
  if (!result?.isValid) return undefined;
  return result.hasECI ? result.text : decodeText(result.bytes);
}

/**
 * Reads the text of the first code in a picture. It turns the picture until the decoder finds a code: first by the tilt of its
 * bars, then by a sweep.
 */
export async function readImage(
  image: GrayImage,
  { formats, isFrame, isLate }: ReadOptions,
): Promise<string | undefined> {
  const text = await decode(image, formats, !isFrame);
  if (text !== undefined) return text;
  const sharpText = isFrame ? undefined : await decode(sharpenImage(image), formats, false);
  if (sharpText !== undefined) return sharpText;
  const tilt = estimateTilt(image);
  const turns = [-tilt, -tilt * MAX_UNDERESTIMATE, ...(isFrame ? [] : SWEEP_DEGREES)];
  for (const turn of turns) {
    if (isLate()) return undefined;
    const turnedText = await decode(rotateImage(image, turn), formats, false);
    if (turnedText !== undefined) return turnedText;
  }
  return undefined;
}
