import { type DocumentKind, readDocumentCode } from '../../domain/documents/read-document-code.ts';
import type { ReadRequest, ReadResult, WorkerMessage } from './messages.ts';
import { type CodeFormat, prepareReader, readImage } from './read-image.ts';
import { toGrayImage } from './rotate-image.ts';

/** A person waits for the answer: after so many milliseconds another picture helps more than another attempt. */
const MAX_READ_MS = 6_000;
const FORMATS: Record<DocumentKind, CodeFormat> = { curp: 'QRCode', licence: 'PDF417' };

const wasmUrl = new URL('zxing-wasm/reader/zxing_reader.wasm', import.meta.url).href;
const post = (message: WorkerMessage) => self.postMessage(message);

prepareReader({ locateFile: () => wasmUrl }).then(
  () => post({ isReady: true }),
  () => post({ isReady: false }),
);

async function read({ width, height, pixels, kinds, isFrame }: ReadRequest): Promise<ReadResult> {
  const deadline = performance.now() + MAX_READ_MS;
  const image = toGrayImage({ width, height, data: new Uint8ClampedArray(pixels) });
  const formats = kinds.map((kind) => FORMATS[kind]);
  const text = await readImage(image, { formats, isFrame, isLate: () => performance.now() > deadline });
  return text === undefined ? { kind: 'noCode' } : readDocumentCode(text, kinds);
}

// The picture and the text of its code stay in this worker; the page gets the fields alone.
self.addEventListener('message', async ({ data }: MessageEvent<ReadRequest>) =>
  post({ id: data.id, result: await read(data) }),
);
