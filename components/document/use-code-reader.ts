import { useEffect, useRef, useState } from 'react';
import type { PersonFields } from '@/lib/domain/documents/person-fields';
import type { DocumentKind } from '@/lib/domain/documents/read-document-code';
import type { CodeReader } from '@/lib/integrations/code-reader/code-reader';
import type { ReadResult } from '@/lib/integrations/code-reader/messages';
import { type CameraProblem, useCamera } from './use-camera';

/** After so many milliseconds without a code the customer gets advice; the camera goes on. */
const ADVICE_AFTER_MS = 7_000;

export type ReaderStatus =
  | 'idle'
  | 'preparing'
  | 'aim'
  | 'slow'
  | 'badPicture'
  | CameraProblem
  | Exclude<ReadResult['kind'], 'read'>;

type Options = {
  kinds: readonly DocumentKind[];
  initialStatus: ReaderStatus;
  onRead: (fields: PersonFields) => void;
};

/** Reads a document's code from a picture or from the camera. */
export function useCodeReader({ kinds, initialStatus, onRead }: Options) {
  const [status, setStatus] = useState<ReaderStatus>(initialStatus);
  const camera = useCamera();
  const runReader = useLazyReader(kinds);

  function finish(result: ReadResult): void {
    if (result.kind === 'read') onRead(result.fields);
    else setStatus(result.kind);
  }

  async function readPicture(file: File): Promise<void> {
    camera.close();
    setStatus('preparing');
    const image = await createImageBitmap(file).catch(() => undefined);
    if (!image) return setStatus('badPicture');
    const { width, height } = image;
    finish(await runReader(({ readPicture: read }) => read({ image, width, height })));
    return image.close();
  }

  async function startCamera(): Promise<void> {
    setStatus('preparing');
    const stream = await camera.open();
    if (typeof stream === 'string') return setStatus(stream);
    const video = camera.video.current;
    setStatus('aim');
    const result = await runReader(
      async (reader) => video && readFrames(reader, video, stream, () => setStatus('slow')),
    );
    // The customer has closed the camera, or has opened it again.
    if (!result || video?.srcObject !== stream) return undefined;
    camera.close();
    return finish(result);
  }

  function closeCamera(): void {
    camera.close();
    setStatus('idle');
  }
  return { status, isCameraOn: camera.isOn, video: camera.video, readPicture, startCamera, closeCamera };
}

/** Returns a function that uses the reader, which the first use loads. After a failure the next use loads it again. */
function useLazyReader(kinds: readonly DocumentKind[]) {
  const loading = useRef<Promise<CodeReader>>(undefined);

  useEffect(() => () => void loading.current?.then(({ close }) => close()).catch(() => {}), []);

  return async <Result extends ReadResult | undefined | null>(
    use: (reader: CodeReader) => Promise<Result>,
  ): Promise<Result | { kind: 'failed' }> => {
    loading.current ??= import('@/lib/integrations/code-reader/code-reader').then(({ createCodeReader }) =>
      createCodeReader(kinds),
    );
    const result = await loading.current.then(use).catch(() => ({ kind: 'failed' }) as const);
    if (result?.kind === 'failed') loading.current = undefined;
    return result;
  };
}

/** Reads one frame after the other until one has a code. @returns undefined when the camera was closed */
async function readFrames(
  { readFrame }: CodeReader,
  video: HTMLVideoElement,
  stream: MediaStream,
  onSlow: () => void,
): Promise<ReadResult | undefined> {
  const timer = setTimeout(onSlow, ADVICE_AFTER_MS);
  try {
    await video.play();
    while (video.srcObject === stream && stream.active) {
      const result = await readFrame({ image: video, width: video.videoWidth, height: video.videoHeight });
      if (result.kind !== 'noCode') return result;
      await new Promise(requestAnimationFrame);
    }
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
