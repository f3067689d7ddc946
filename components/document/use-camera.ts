import { useEffect, useRef, useState } from 'react';

/** The back camera, with enough pixels for the bars of a licence's code. */
const WANTED_VIDEO = { video: { facingMode: { ideal: 'environment' }, width: { ideal: 1920 } } };

export type CameraProblem = 'denied' | 'noCamera';

const getStream = (video: HTMLVideoElement | null) => (video?.srcObject as MediaStream | null | undefined) ?? undefined;

function stopStream(stream: MediaStream | undefined): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

/** Shows the camera in the element of `video`, and turns it off when the page no longer shows that element. */
export function useCamera() {
  const [isOn, setOn] = useState(false);
  const video = useRef<HTMLVideoElement>(null);

  /** @returns the stream that `video` shows, or why there is none */
  async function open(): Promise<MediaStream | CameraProblem> {
    const stream = await openStream();
    if (typeof stream === 'string') return stream;
    if (!video.current) {
      stopStream(stream);
      return 'noCamera';
    }
    stopStream(getStream(video.current));
    video.current.srcObject = stream;
    setOn(true);
    return stream;
  }

  function close(): void {
    stopStream(getStream(video.current));
    if (video.current) video.current.srcObject = null;
    setOn(false);
  }

  useEffect(() => {
    const element = video.current;
    return () => stopStream(getStream(element));
  }, []);
  return { isOn, video, open, close };
}

async function openStream(): Promise<MediaStream | CameraProblem> {
  try {
    return await navigator.mediaDevices.getUserMedia(WANTED_VIDEO);
  } catch (error) {
    return error instanceof DOMException && error.name === 'NotAllowedError' ? 'denied' : 'noCamera';
  }
}
