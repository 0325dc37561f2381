import { useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';

const STORAGE_KEY = 'side-by-side';
const LEAST = 25;
const MOST = 75;

export interface SideBySideProps {
  /** Stays in view while the right side scrolls (the document). Null: there is no room for it; the right side keeps what was typed. */
  readonly left: ReactNode;
  readonly right: ReactNode;
  readonly leftLabel?: string;
}

/**
 * Document and form beside each other, with a bar between them to be dragged or moved by arrow keys; the place is
 * kept on this device. Under one another where there is no room.
 */
export function SideBySide({ left, right, leftLabel = '書類の幅' }: SideBySideProps) {
  const [share, setShare] = useState(readShare);
  const frame = useRef<HTMLDivElement>(null);
  const move = (next: number) => {
    const kept = Math.min(MOST, Math.max(LEAST, Math.round(next)));
    setShare(kept);
    storeShare(kept);
  };
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    const box = frame.current?.getBoundingClientRect();
    if (box && event.currentTarget.hasPointerCapture(event.pointerId)) {
      move(((event.clientX - box.left) / box.width) * 100);
    }
  };
  const press = (event: KeyboardEvent<HTMLDivElement>) => {
    const steps: Record<string, number> = {
      ArrowLeft: share - 2,
      ArrowRight: share + 2,
      Home: LEAST,
      End: MOST,
    };
    const next = steps[event.key];
    if (next === undefined) return;
    event.preventDefault();
    move(next);
  };
  return (
    <div ref={frame} className="flex flex-col gap-6 lg:flex-row lg:gap-0">
      {left !== null && (
        <div
          className="min-w-0 lg:sticky lg:top-2 lg:w-(--share) lg:flex-none lg:self-start"
          style={{ '--share': `${share}%` } as Record<string, string>}
        >
          {left}
        </div>
      )}
      <div
        role="separator"
        aria-orientation="vertical"
        aria-label={leftLabel}
        aria-valuenow={share}
        aria-valuemin={LEAST}
        aria-valuemax={MOST}
        tabIndex={0}
        onKeyDown={press}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
        className="no-print mx-1 hidden w-4 cursor-col-resize touch-none items-center justify-center self-stretch rounded-4 hover:bg-solid-gray-100 lg:flex"
      >
        <span aria-hidden="true" className="sticky top-1/2 h-12 w-1 rounded-full bg-solid-gray-420" />
      </div>
      <div className="min-w-0 flex-1">{right}</div>
    </div>
  );
}

function readShare(): number {
  try {
    const stored = Number(localStorage.getItem(STORAGE_KEY));
    return stored >= LEAST && stored <= MOST ? stored : 50;
  } catch {
    return 50;
  }
}

function storeShare(share: number): void {
  try {
    localStorage.setItem(STORAGE_KEY, String(share));
  } catch {
    // Storage is blocked: the place lasts as long as the page.
  }
}
