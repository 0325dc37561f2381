import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { ReactNode, RefObject } from 'react';
import { LinkButton } from './Button.tsx';
import type { PdfDocument } from './pdf.ts';
import { EmptyState, Loading } from './Status.tsx';

interface PageProps {
  readonly url: string;
  readonly name: string;
  /** 1 is as wide as the area. */
  readonly zoom: number;
  /** Degrees clockwise: 0, 90, 180, 270. */
  readonly rotation: number;
}

/** Width of an element in CSS pixels, followed as it changes. */
function useWidth(ref: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return width;
}

const HEIC = ['image/heic', 'image/heif'];

/**
 * A photograph or scan. Those of iPhones (HEIC), which most browsers cannot draw, are decoded here first; what cannot be drawn at
 * all is offered for download.
 */
export function ImagePage({ url, name, zoom, rotation, contentType }: PageProps & { contentType: string }) {
  const [source, setSource] = useState(url);
  const [decoding, setDecoding] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const available = useWidth(frame);
  const [natural, setNatural] = useState<{ width: number; height: number }>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (!decoding) return undefined;
    const abort = new AbortController();
    let made: string | undefined;
    import('./heic.ts')
      .then(({ drawableUrl }) => drawableUrl(url, abort.signal))
      .then((drawable) => {
        made = drawable;
        setSource(drawable);
      })
      .catch((error: unknown) => {
        if (abort.signal.aborted) return;
        console.warn(error);
        setFailed(true);
      });
    return () => {
      abort.abort();
      if (made !== undefined) URL.revokeObjectURL(made);
    };
  }, [decoding, url]);
  if (failed) return <NotShown url={url}>この形式の画像は、画面に表示できません。</NotShown>;
  const upright = rotation % 180 === 0;
  const scale = natural ? (available / (upright ? natural.width : natural.height)) * zoom : 0;
  const width = (natural?.width ?? 0) * scale;
  const height = (natural?.height ?? 0) * scale;
  return (
    <div ref={frame} className="min-h-full w-full">
      {!natural && <Loading {...(decoding ? { label: '写真（HEIC）を表示できる形に変えています' } : {})} />}
      <div
        className="relative mx-auto"
        style={{ width: upright ? width : height, height: upright ? height : width }}
      >
        <img
          src={source}
          alt={name}
          className="absolute top-1/2 left-1/2 max-w-none"
          style={{ width, height, transform: `translate(-50%, -50%) rotate(${rotation}deg)` }}
          onLoad={(event) => {
            const { naturalWidth, naturalHeight } = event.currentTarget;
            setNatural({ width: naturalWidth, height: naturalHeight });
          }}
          onError={() => {
            if (HEIC.includes(contentType) && !decoding) setDecoding(true);
            else setFailed(true);
          }}
        />
      </div>
    </div>
  );
}

/** One page of a PDF, drawn by pdf.js (loaded when the first PDF is opened), with its text for assistive technology. */
export function PdfPage({
  url,
  name,
  zoom,
  rotation,
  page,
  onPages,
}: PageProps & { page: number; onPages: (pages: number) => void }) {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const available = useWidth(frame);
  const [pdf, setPdf] = useState<PdfDocument>();
  const [text, setText] = useState('');
  const [failed, setFailed] = useState(false);
  const tellPages = useEffectEvent(onPages);

  useEffect(() => {
    let opened: PdfDocument | undefined;
    let gone = false;
    import('./pdf.ts')
      .then(({ openPdf }) => openPdf(url))
      .then((document_) => {
        opened = document_;
        if (gone) return document_.close();
        setPdf(document_);
        tellPages(document_.pages);
        return undefined;
      })
      .catch((error: unknown) => {
        console.error(error);
        if (!gone) setFailed(true);
      });
    return () => {
      gone = true;
      void opened?.close();
    };
  }, [url]);

  useEffect(() => {
    if (!pdf || !canvas.current || available === 0) return undefined;
    const drawing = pdf.draw(canvas.current, { page, rotation, width: available * zoom });
    drawing.done
      .then((result) => {
        if (result !== undefined) setText(result);
      })
      .catch((error: unknown) => {
        console.error(error);
        setFailed(true);
      });
    return () => drawing.cancel();
  }, [pdf, page, rotation, zoom, available]);

  if (failed) return <NotShown url={url}>このPDFは、画面に表示できません。</NotShown>;
  return (
    <div ref={frame} className="min-h-full w-full">
      {!pdf && <Loading />}
      <canvas
        ref={canvas}
        role="img"
        aria-label={`${name} ${page}ページ`}
        className="mx-auto block max-w-none bg-white"
      />
      <p className="sr-only">{text}</p>
    </div>
  );
}

function NotShown({ url, children }: { url: string; children: ReactNode }) {
  return (
    <div className="p-4">
      <EmptyState
        title={children}
        action={
          <LinkButton href={url} download variant="outline" icon="download">
            ダウンロードして開く
          </LinkButton>
        }
      />
    </div>
  );
}
