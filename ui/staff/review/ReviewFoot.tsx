import type { ReactNode } from 'react';
import { formatTime } from '../../lib/index.ts';
import type { SaveState } from './saver.ts';

function savedWords(save: SaveState): string {
  if (save.state === 'saved') return `下書きを保存しました（${formatTime(save.at)}）`;
  if (save.state === 'waiting') return '下書きを保存しています…';
  return save.state === 'failed' ? '下書きを保存できていません。自動でもう一度保存します。' : '';
}

/** Foot of a checklist that stays in view: how far it is, whether it is saved, what to do. */
export function ReviewFoot({
  save,
  judged,
  total,
  refusal,
  children,
}: {
  save: SaveState;
  judged: number;
  total: number;
  refusal: string | undefined;
  children: ReactNode;
}) {
  return (
    <div
      data-sticky-foot
      className="no-print sticky bottom-0 z-10 -mx-1 mt-4 flex flex-col gap-1 border-t-2 border-solid-gray-420 bg-white px-1 py-2"
    >
      {refusal !== undefined && <p className="text-dns-16N-130 text-red-1000">{refusal}</p>}
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <p className="text-dns-14N-130">
          <b className="tabular-nums">
            {judged}／{total}
          </b>{' '}
          項目を判定済み
          <span role="status" className="ml-3 text-solid-gray-700">
            {savedWords(save)}
          </span>
        </p>
        <div className="flex flex-wrap items-center gap-2">{children}</div>
      </div>
    </div>
  );
}
