import type { DocumentReading } from '../../domain/documents/person-fields.ts';
import type { DocumentKind } from '../../domain/documents/read-document-code.ts';

/** A picture for the worker, with the pixels of a canvas. */
export type ReadRequest = {
  id: number;
  width: number;
  height: number;
  pixels: ArrayBuffer;
  kinds: readonly DocumentKind[];
  isFrame: boolean;
};

/** `noCode`: the picture has none, or time was over. `failed`: the decoder could not be loaded. */
export type ReadResult = DocumentReading | { kind: 'noCode' } | { kind: 'failed' };
export type ReadResponse = { id: number; result: ReadResult };

/** The worker's first message says whether it could load the decoder. */
export type WorkerMessage = ReadResponse | { isReady: boolean };
