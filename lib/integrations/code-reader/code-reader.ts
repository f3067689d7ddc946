import type { DocumentKind } from '../../domain/documents/read-document-code.ts';
import type { ReadRequest, ReadResponse, ReadResult } from './messages.ts';

/** Pixels of the longer side of what the decoder gets: a licence's code of half that width still has three for each bar. */
const MAX_SIDE_PIXELS = 2_000;

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

export type CodeReader = ReturnType<typeof createCodeReader>;

/** Starts the worker that reads codes. Nothing of it is loaded before. */
export function createCodeReader(kinds: readonly DocumentKind[]) {
  // `next.config.ts` finds the file by its name, to set its policy.
  const worker = new Worker(/* webpackChunkName: "code-reader-worker" */ new URL('./worker.ts', import.meta.url));
  const canvas = document.createElement('canvas');
  const waiting = new Map<number, (result: ReadResult) => void>();
  let lastId = 0;
  worker.addEventListener('message', ({ data: { id, result } }: MessageEvent<ReadResponse>) =>
    waiting.get(id)?.(result),
  );
  worker.addEventListener('error', () => {
    for (const resolve of waiting.values()) resolve({ kind: 'failed' });
  });

  async function read(drawable: Drawable, isFrame: boolean): Promise<ReadResult> {
    const pixels = copyPixels(drawable, canvas);
    if (!pixels) return { kind: 'noCode' };
    const { width, height, data } = pixels;
    lastId += 1;
    const request: ReadRequest = { id: lastId, width, height, pixels: data.buffer as ArrayBuffer, kinds, isFrame };
    const result = new Promise<ReadResult>((resolve) => waiting.set(request.id, resolve));
    worker.postMessage(request, [request.pixels]);
    return result.finally(() => waiting.delete(request.id));
  }

  return { read, close: () => worker.terminate() };
}
