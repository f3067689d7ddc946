import type { DocumentKind } from '../../domain/documents/read-document-code.ts';
import type { ReadRequest, ReadResult, WorkerMessage } from './messages.ts';

/** Pixels of the longer side of what the decoder gets: a licence's code of half that width still has three for each bar. */
const MAX_SIDE_PIXELS = 2_000;

/**
 * The customer gets an answer about a picture so many milliseconds after it reached the worker. The worker itself stops before that
 * between two attempts; on a slow device one attempt can take seconds.
 */
const MAX_PICTURE_MS = 7_000;

type Drawable = { image: CanvasImageSource; width: number; height: number };

/** Copies the pixels of a picture or of a video's present frame. */
function copyPixels({ image, width, height }: Drawable, canvas: HTMLCanvasElement): ImageData | undefined {
  const scale = Math.min(1, MAX_SIDE_PIXELS / Math.max(width, height, 1));
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context || canvas.width === 0 || canvas.height === 0) return undefined;
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

/** Starts the worker that reads codes. */
function startWorker(kinds: readonly DocumentKind[]) {
  // `next.config.ts` finds the file by its name, to set its policy.
  const worker = new Worker(/* webpackChunkName: "code-reader-worker" */ new URL('./worker.ts', import.meta.url));
  const waiting = new Map<number, (result: ReadResult) => void>();
  let lastId = 0;
  const whenReady = new Promise<boolean>((resolve) => {
    worker.addEventListener('message', ({ data }: MessageEvent<WorkerMessage>) => {
      if ('isReady' in data) resolve(data.isReady);
      else waiting.get(data.id)?.(data.result);
    });
    worker.addEventListener('error', () => {
      resolve(false);
      for (const answer of waiting.values()) answer({ kind: 'failed' });
    });
  });

  async function read({ width, height, data }: ImageData, isFrame: boolean): Promise<ReadResult> {
    lastId += 1;
    const request: ReadRequest = { id: lastId, width, height, pixels: data.buffer as ArrayBuffer, kinds, isFrame };
    const result = new Promise<ReadResult>((resolve) => waiting.set(request.id, resolve));
    worker.postMessage(request, [request.pixels]);
    return result.finally(() => waiting.delete(request.id));
  }
  return { read, whenReady, stop: () => worker.terminate() };
}

export type CodeReader = ReturnType<typeof createCodeReader>;

/** Creates the reader of codes. Nothing of it is loaded before. */
export function createCodeReader(kinds: readonly DocumentKind[]) {
  let worker = startWorker(kinds);
  const canvas = document.createElement('canvas');

  async function read(drawable: Drawable, isFrame: boolean): Promise<ReadResult> {
    if (!(await worker.whenReady)) return { kind: 'failed' };
    const pixels = copyPixels(drawable, canvas);
    return pixels ? worker.read(pixels, isFrame) : { kind: 'noCode' };
  }

  /** Reads a picture for as long as a person waits. A worker that is late is replaced, since nothing else interrupts its attempt. */
  async function readPicture(drawable: Drawable): Promise<ReadResult> {
    await worker.whenReady;
    const late = new Promise<undefined>((resolve) => setTimeout(resolve, MAX_PICTURE_MS));
    const result = await Promise.race([read(drawable, false), late]);
    if (result) return result;
    worker.stop();
    worker = startWorker(kinds);
    return { kind: 'noCode' };
  }

  return { readPicture, readFrame: (drawable: Drawable) => read(drawable, true), close: () => worker.stop() };
}
