import { useState } from 'react';
import type { StaffApplication } from '../../../api/contract/index.ts';
import { KINTONE_BOOK_LABELS } from '../../../domain/texts/application.ts';
import { Button, NotificationBanner, useToast } from '../../components/index.ts';
import { ApiProblem, formatDateTime } from '../../lib/index.ts';
import { useOpened } from '../application/context.tsx';

type Change = StaffApplication['kintoneChanges'][number];

/** What happened, and to which record. */
function titleOf({ record, kind }: Change): string {
  const what = record ? `${KINTONE_BOOK_LABELS[record.app]}「${record.title}」` : '申請の内容';
  return kind === 'deleted' ? `kintone で${what}が削除されました` : `kintone で${what}が変更されました`;
}

const WHICH = 'どちらの内容が正しいかを決めてください。';
const HELD_UP = {
  changed: '決めるまで、審査と決定はできません。審査のあとで変更を認めると、審査をやり直します。',
  deleted: '確認するまで、審査と決定はできません。審査のあとで確認した場合は、審査をやり直します。',
};
const LOST_FILE = '書類のファイルは元に戻せません。必要なときは、申請者に提出し直してもらってください。';
const LOST = {
  changed: '元の内容は残っていないため、元に戻せません。内容を確認してください。',
  deleted: '元の内容は残っていないため、書き込み直せません。内容を確認してください。',
};

/** What hangs on it, and what can be done. */
function explanationOf({ record, kind, restorable }: Change): string {
  const what = kind === 'deleted' ? 'deleted' : 'changed';
  const reviewed = record === null || record.app === 'documents' || record.app === 'reviews';
  const lost = record?.app === 'documents' ? LOST_FILE : LOST[what];
  return `${restorable ? WHICH : lost}${reviewed ? HELD_UP[what] : ''}`;
}

/** What somebody changed in kintone itself: before and after, to be accepted or put back. No review goes on until then. */
export function KintoneChanges() {
  const { application } = useOpened();
  return application.kintoneChanges.map((change) => <OneChange key={change.id} change={change} />);
}

function OneChange({ change }: { change: Change }) {
  const { act, offers } = useOpened();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const settle = async (choice: 'accept' | 'restore') => {
    setBusy(true);
    setProblem(undefined);
    try {
      await act({ type: 'settleKintoneChange', changeId: change.id, choice });
      toast.show(choice === 'accept' ? 'kintone での変更を認めました。' : '元の内容に戻します。', {
        tone: 'success',
      });
    } catch (error) {
      setProblem(
        error instanceof ApiProblem ? error.message : '操作できませんでした。もう一度お試しください。',
      );
      setBusy(false);
    }
  };
  return (
    <NotificationBanner tone="warning" title={titleOf(change)} className="mb-4">
      <p>
        {change.who === null
          ? '操作した人: kintone の変更履歴で確認してください'
          : `操作した人: ${change.who}`}
        （{formatDateTime(change.at)}）
      </p>
      <p>{explanationOf(change)}</p>
      {change.fields.length > 0 && <ChangedFields change={change} />}
      {offers('settleKintoneChange') && (
        <div className="mt-3 flex flex-wrap gap-3">
          <Button size="md" variant="solid" busy={busy} onClick={() => void settle('accept')}>
            {change.kind === 'deleted' ? '確認した（削除を認める）' : '変更を認める'}
          </Button>
          {change.restorable && (
            <Button size="md" variant="outline" busy={busy} onClick={() => void settle('restore')}>
              元に戻す
            </Button>
          )}
        </div>
      )}
      {problem !== undefined && <p role="alert">{problem}</p>}
    </NotificationBanner>
  );
}

/** Before and after, field by field. On a narrow screen a field is a block of its own: long texts stay readable. */
function ChangedFields({ change }: { change: Change }) {
  return (
    <dl className="my-3">
      {change.fields.map((field) => (
        <div key={field.code} className="border-t py-2 md:grid md:grid-cols-3 md:gap-4">
          <dt className="font-bold">{field.label}</dt>
          <dd>
            <span className="text-dns-14N-130">変更前: </span>
            <span className="break-words whitespace-pre-wrap">{field.before}</span>
          </dd>
          <dd>
            <span className="text-dns-14N-130">変更後（kintone）: </span>
            <span className="break-words whitespace-pre-wrap">{field.after}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
