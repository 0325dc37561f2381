import * as pdfjs from 'pdfjs-dist/legacy/build/pdf.mjs';
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';

pdfjs.GlobalWorkerOptions.workerSrc = workerUrl;

/** Where the build puts pdf.js's character maps (Japanese PDFs without embedded fonts need them). */
const ASSETS = __PDFJS_ASSETS__;

export interface DrawOptions {
  /** From 1. */
  readonly page: number;
  readonly rotation: number;
  /** CSS pixels. */
  readonly width: number;
}

export interface Drawing {
  /** The page's text, or undefined when the drawing was given up for a newer one. */
  readonly done: Promise<string | undefined>;
  readonly cancel: () => void;
}

export interface PdfDocument {
  readonly pages: number;
  readonly draw: (canvas: HTMLCanvasElement, options: DrawOptions) => Drawing;
  readonly close: () => Promise<void>;
}

const DATA = 'data:application/pdf;base64,';

/** Where the bytes come from: an address of our own origin, or a data URL, which the security policy lets nobody fetch. */
function sourceOf(url: string): { url: string } | { data: Uint8Array } {
  if (!url.startsWith(DATA)) return { url };
  return { data: Uint8Array.from(atob(url.slice(DATA.length)), (char) => char.charCodeAt(0)) };
}

/** Opens a PDF of our own origin, or one that is in the page already. Scripts and eval inside are never run. */
export async function openPdf(url: string): Promise<PdfDocument> {
  const document_ = await pdfjs.getDocument({
    ...sourceOf(url),
    isEvalSupported: false,
    enableXfa: false,
    cMapUrl: `${ASSETS}/cmaps/`,
    cMapPacked: true,
    standardFontDataUrl: `${ASSETS}/standard_fonts/`,
  }).promise;

  const draw = (canvas: HTMLCanvasElement, { page: number, rotation, width }: DrawOptions): Drawing => {
    let cancelled = false;
    // A function, as the compiler takes a variable for unchanged over `await`.
    const givenUp = () => cancelled;
    let task: pdfjs.RenderTask | undefined;
    const run = async (): Promise<string | undefined> => {
      const page = await document_.getPage(number);
      if (givenUp()) return undefined;
      const turned = (page.rotate + rotation) % 360;
      const natural = page.getViewport({ scale: 1, rotation: turned });
      // Sharp on dense screens, but never more pixels than a browser draws on one canvas.
      const wanted = (width / natural.width) * window.devicePixelRatio;
      const most = Math.sqrt(16_000_000 / (natural.width * natural.height));
      const viewport = page.getViewport({ scale: Math.min(wanted, most), rotation: turned });
      // Drawn aside first: the page on screen stays until the new one is whole.
      const buffer = document.createElement('canvas');
      buffer.width = Math.floor(viewport.width);
      buffer.height = Math.floor(viewport.height);
      const context = buffer.getContext('2d');
      if (!context) throw new Error('no canvas');
      task = page.render({ canvasContext: context, viewport });
      await task.promise;
      if (givenUp()) return undefined;
      canvas.width = buffer.width;
      canvas.height = buffer.height;
      canvas.style.width = `${width}px`;
      canvas.style.height = `${(width * natural.height) / natural.width}px`;
      canvas.getContext('2d')?.drawImage(buffer, 0, 0);
      const content = await page.getTextContent();
      return content.items.map((item) => ('str' in item ? item.str : '')).join(' ');
    };
    return {
      done: run().catch((error: unknown) => {
        if (givenUp()) return undefined;
        throw error;
      }),
      cancel: () => {
        cancelled = true;
        task?.cancel();
      },
    };
  };

  return { pages: document_.numPages, draw, close: () => document_.destroy() };
}
