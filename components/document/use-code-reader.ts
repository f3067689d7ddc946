import { useEffect, useRef, useState } from 'react';
import type { PersonFields } from '@/lib/domain/documents/person-fields';
import type { DocumentKind } from '@/lib/domain/documents/read-document-code';
import type { CodeReader } from '@/lib/integrations/code-reader/code-reader';
import type { ReadResult } from '@/lib/integrations/code-reader/messages';

/** After so many milliseconds without a code the customer gets advice; the camera goes on. */
const ADVICE_AFTER_MS = 7_000;

export type ReaderStatus =
  | 'idle'
  | 'preparing'
  | 'aim'
  | 'slow'
  | 'denied'
  | 'noCamera'
  | 'badPicture'
  | Exclude<ReadResult['kind'], 'read'>;

type Options = { kinds: readonly DocumentKind[]; onRead: (fields: PersonFields) => void };

const stopStream = (stream: MediaStream | null) => {
  for (const track of stream?.getTracks() ?? []) track.stop();
};

/** Reads a document's code from a picture or from the camera. The reader is loaded when the customer asks for it. */
export function useCodeReader({ kinds, onRead }: Options) {
  const [status, setStatus] = useState<ReaderStatus>('idle');
  const [isCameraOn, setCameraOn] = useState(false);
  const video = useRef<HTMLVideoElement>(null);
  const reader = useRef<Promise<CodeReader>>(undefined);

  function loadReader(): Promise<CodeReader> {
    reader.current ??= import('@/lib/integrations/code-reader/code-reader').then(({ createCodeReader }) =>
      createCodeReader(kinds),
    );
    return reader.current;
  }

  function stopCamera(): void {
    const element = video.current;
    stopStream((element?.srcObject as MediaStream | null) ?? null);
    if (element) element.srcObject = null;
    setCameraOn(false);
  }

  /** A reader that failed to load is loaded again by the next attempt. */
  function finish(result: ReadResult): void {
    if (result.kind === 'failed') reader.current = undefined;
    if (result.kind === 'read') onRead(result.fields);
    else setStatus(result.kind);
  }

  async function readPicture(file: File): Promise<void> {
    stopCamera();
    setStatus('preparing');
    const image = await createImageBitmap(file).catch(() => undefined);
    if (!image) return setStatus('badPicture');
    const { width, height } = image;
    const result = await loadReader()
      .then(({ read }) => read({ image, width, height }, false))
      .catch((): ReadResult => ({ kind: 'failed' }));
    image.close();
    return finish(result);
  }

  async function startCamera(): Promise<void> {
    setStatus('preparing');
    const wanted = { video: { facingMode: { ideal: 'environment' }, width: { ideal: 1920 } } };
    const stream = await openCamera(wanted);
    const element = video.current;
    if (typeof stream === 'string' || !element) return setStatus(typeof stream === 'string' ? stream : 'noCamera');
    element.srcObject = stream;
    setCameraOn(true);
    setStatus('aim');
    const result = await loadReader()
      .then((codeReader) => readFrames(codeReader, element, stream, () => setStatus('slow')))
      .catch((): ReadResult => ({ kind: 'failed' }));
    // The customer has closed the camera, or has opened it again.
    if (!result || element.srcObject !== stream) return undefined;
    stopCamera();
    return finish(result);
  }

  useEffect(() => {
    const element = video.current;
    return () => {
      stopStream((element?.srcObject as MediaStream | null) ?? null);
      void reader.current?.then(({ close }) => close());
    };
  }, []);

  function closeCamera(): void {
    stopCamera();
    setStatus('idle');
  }
  return { status, isCameraOn, video, readPicture, startCamera, closeCamera };
}

async function openCamera(constraints: MediaStreamConstraints): Promise<MediaStream | 'denied' | 'noCamera'> {
  try {
    return await navigator.mediaDevices.getUserMedia(constraints);
  } catch (error) {
    return error instanceof DOMException && error.name === 'NotAllowedError' ? 'denied' : 'noCamera';
  }
}

/** Reads one frame after the other until one has a code. @returns undefined when the camera was closed */
async function readFrames(
  { read }: CodeReader,
  video: HTMLVideoElement,
  stream: MediaStream,
  onSlow: () => void,
): Promise<ReadResult | undefined> {
  const timer = setTimeout(onSlow, ADVICE_AFTER_MS);
  try {
    await video.play();
    while (video.srcObject === stream && stream.active) {
      const result = await read({ image: video, width: video.videoWidth, height: video.videoHeight }, true);
      if (result.kind !== 'noCode') return result;
      await new Promise(requestAnimationFrame);
    }
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
