import { useState } from 'react';
import type { ReactNode } from 'react';
import { cx } from '../lib/cx.ts';
import { LinkButton } from './Button.tsx';
import { ImagePage, PdfPage } from './DocumentPage.tsx';
import { Icon } from './icons.tsx';
import type { IconName } from './icons.tsx';
import { EmptyState } from './Status.tsx';
import { WORKBOOK_TYPE, WorkbookPage } from './WorkbookPage.tsx';

export interface ViewedDocument {
  readonly id: string;
  readonly name: string;
  /** Same origin; the session's cookie goes along. */
  readonly url: string;
  readonly contentType: string;
  /** Kind of document, when it was sent, its state. */
  readonly note?: ReactNode;
}

export interface DocumentViewerProps {
  readonly documents: readonly ViewedDocument[];
  readonly selected?: string;
  readonly onSelect?: (id: string) => void;
  /** CSS class for the height of the page area; as high as the window allows unless told. */
  readonly heightClass?: string;
}

const ZOOMS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4];

/**
 * Scans and photographs beside the answers: zoom, rotate, pages. Staff only (Japanese). The rotation is kept for each
 * document while the viewer is there, as photographs often lie on their side.
 */
export function DocumentViewer({
  documents,
  selected,
  onSelect,
  heightClass = 'h-[60dvh] min-h-80 lg:h-[calc(100dvh-14rem)]',
}: DocumentViewerProps) {
  const [own, setOwn] = useState<string>();
  const [zoom, setZoom] = useState(1);
  const [rotations, setRotations] = useState<Readonly<Record<string, number>>>({});
  const [page, setPage] = useState(1);
  const [pages, setPages] = useState(1);
  const chosen = selected ?? own;
  const document_ = documents.find((one) => one.id === chosen) ?? documents[0];
  const [shownId, setShownId] = useState(document_?.id);
  if (document_?.id !== shownId) {
    setShownId(document_?.id);
    setPage(1);
    setPages(1);
    setZoom(1);
  }
  if (!document_) return <EmptyState title="書類はありません" />;

  const rotation = rotations[document_.id] ?? 0;
  const rotate = (by: number) =>
    setRotations((before) => ({ ...before, [document_.id]: (rotation + by + 360) % 360 }));
  const zoomBy = (step: 1 | -1) =>
    setZoom(
      (now) => (step === 1 ? ZOOMS.find((one) => one > now) : ZOOMS.findLast((one) => one < now)) ?? now,
    );
  const isPdf = document_.contentType === 'application/pdf';
  const shared = { url: document_.url, name: document_.name, zoom, rotation };

  return (
    <section
      aria-label="書類"
      className="flex flex-col overflow-hidden rounded-12 border border-solid-gray-420 bg-solid-gray-50"
    >
      {documents.length > 1 && (
        <ul className="flex gap-1 overflow-x-auto border-b border-solid-gray-300 bg-white p-1.5">
          {documents.map((one) => (
            <li key={one.id}>
              <button
                type="button"
                aria-current={one.id === document_.id ? 'true' : undefined}
                onClick={() => {
                  setOwn(one.id);
                  onSelect?.(one.id);
                }}
                className={cx(
                  'flex min-h-11 items-center gap-2 rounded-6 border-2 px-3 text-left whitespace-nowrap',
                  one.id === document_.id
                    ? 'border-blue-900 bg-blue-50 font-bold'
                    : 'border-transparent hover:bg-solid-gray-50',
                )}
              >
                <Icon name={one.contentType === 'application/pdf' ? 'file' : 'image'} size={20} />
                {one.name}
              </button>
            </li>
          ))}
        </ul>
      )}
      <div
        role="toolbar"
        aria-label="書類の表示"
        className="flex flex-wrap items-center gap-x-1 border-b border-solid-gray-300 bg-white px-1.5"
      >
        <Tool icon="zoomOut" label="縮小" disabled={zoom <= 0.5} onPress={() => zoomBy(-1)} />
        <output className="text-dns-14N-130 w-12 text-center tabular-nums" aria-label="倍率">
          {Math.round(zoom * 100)}%
        </output>
        <Tool icon="zoomIn" label="拡大" disabled={zoom >= 4} onPress={() => zoomBy(1)} />
        <Tool icon="fit" label="幅に合わせる" onPress={() => setZoom(1)} />
        <Tool icon="rotateLeft" label="左に回転" onPress={() => rotate(-90)} />
        <Tool icon="rotateRight" label="右に回転" onPress={() => rotate(90)} />
        {pages > 1 && (
          <>
            <Tool
              icon="chevronLeft"
              label="前のページ"
              disabled={page <= 1}
              onPress={() => setPage(page - 1)}
            />
            <span className="text-dns-14N-130 whitespace-nowrap tabular-nums" aria-live="polite">
              {page}／{pages}ページ
            </span>
            <Tool
              icon="chevronRight"
              label="次のページ"
              disabled={page >= pages}
              onPress={() => setPage(page + 1)}
            />
          </>
        )}
        <span className="ml-auto" />
        <LinkButton href={document_.url} newTab variant="text" size="sm">
          別画面
        </LinkButton>
      </div>
      {document_.note !== undefined && (
        <div className="text-dns-14N-130 bg-white px-3 py-2">{document_.note}</div>
      )}
      <div
        className={cx('overflow-auto', heightClass)}
        // The area scrolls: it has to be reachable by keyboard.
        tabIndex={0}
        role="group"
        aria-label={document_.name}
      >
        {document_.contentType === WORKBOOK_TYPE ? (
          <WorkbookPage key={document_.id} url={document_.url} name={document_.name} />
        ) : isPdf ? (
          <PdfPage key={document_.id} {...shared} page={page} onPages={setPages} />
        ) : (
          <ImagePage key={document_.id} {...shared} contentType={document_.contentType} />
        )}
      </div>
    </section>
  );
}

function Tool({
  icon,
  label,
  disabled = false,
  onPress,
}: {
  icon: IconName;
  label: string;
  disabled?: boolean;
  onPress: () => void;
}) {
  return (
    <button
      type="button"
      title={label}
      aria-label={label}
      aria-disabled={disabled || undefined}
      onClick={() => !disabled && onPress()}
      className="flex size-11 items-center justify-center rounded-6 hover:bg-solid-gray-50 aria-disabled:cursor-not-allowed aria-disabled:text-solid-gray-420"
    >
      <Icon name={icon} />
    </button>
  );
}
