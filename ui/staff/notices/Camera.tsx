import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { Button } from '../../components/index.ts';

/** As browsers have it that have it (Chrome on Android, ChromeOS and macOS); TypeScript does not know it. */
interface Detector {
  detect: (source: HTMLVideoElement) => Promise<readonly { rawValue: string }[]>;
}
type DetectorClass = new (options: { formats: string[] }) => Detector;

function detectorClass(): DetectorClass | undefined {
  return (window as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
}

/** How long the same code in view is one reading. */
const SAME_MS = 4000;
const EVERY_MS = 200;

/** Reads QR codes with the camera, where the browser can; a hand scanner does everywhere. */
export function Camera({ onRead }: { onRead: (text: string) => void }) {
  const [on, setOn] = useState(false);
  const [failed, setFailed] = useState(false);
  if (!detectorClass() || !('mediaDevices' in navigator)) return null;
  return (
    <div>
      <Button variant="outline" size="sm" onClick={() => setOn((before) => !before)}>
        {on ? 'カメラを止める' : 'カメラで読み取る'}
      </Button>
      {failed && (
        <p role="alert" className="mt-2 text-red-1000">
          カメラを使えません。ブラウザーの設定でカメラを許可するか、スキャナーを使ってください。
        </p>
      )}
      {on && (
        <Video
          onRead={onRead}
          onFail={() => {
            setFailed(true);
            setOn(false);
          }}
        />
      )}
    </div>
  );
}

function Video({ onRead, onFail }: { onRead: (text: string) => void; onFail: () => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const read = useEffectEvent(onRead);
  const fail = useEffectEvent(onFail);
  useEffect(() => {
    const Detector = detectorClass();
    if (!Detector) return undefined;
    const detector = new Detector({ formats: ['qr_code'] });
    let stream: MediaStream | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let gone = false;
    let last = { text: '', at: 0 };
    const look = async () => {
      const codes = video.current ? await detector.detect(video.current).catch(() => []) : [];
      const text = codes[0]?.rawValue;
      if (text !== undefined && (text !== last.text || Date.now() - last.at > SAME_MS)) read(text);
      if (text !== undefined) last = { text, at: Date.now() };
      if (!gone) timer = setTimeout(() => void look(), EVERY_MS);
    };
    navigator.mediaDevices
      .getUserMedia({ video: { facingMode: 'environment' } })
      .then(async (given) => {
        stream = given;
        if (gone || !video.current) {
          for (const track of given.getTracks()) track.stop();
          return;
        }
        video.current.srcObject = given;
        await video.current.play();
        await look();
      })
      .catch(() => {
        if (!gone) fail();
      });
    return () => {
      gone = true;
      clearTimeout(timer);
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
  }, []);
  return (
    <video
      ref={video}
      muted
      playsInline
      aria-label="カメラの映像"
      className="mt-3 w-full max-w-md rounded-8 border border-solid-gray-420"
    />
  );
}
