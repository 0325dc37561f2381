import { useState } from 'react';
import type { StaffApplication } from '../../../api/contract/index.ts';
import { Button, NotificationBanner, useToast } from '../../components/index.ts';
import { ApiProblem, formatDateTime } from '../../lib/index.ts';
import { useOpened } from '../application/context.tsx';

type Change = StaffApplication['kintoneChanges'][number];

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
  const id = `kintone-change-${change.id}`;
  return (
    <NotificationBanner tone="warning" title="kintone で申請の内容が変更されました" className="mb-4">
      <p>
        {change.who ?? '操作した人は kintone の変更履歴で確認してください'}（{formatDateTime(change.at)}）。
        どちらの内容が正しいかが決まるまで、審査と決定はできません。審査のあとで変更を認めると、審査をやり直します。
      </p>
      <div className="overflow-x-auto" tabIndex={0} role="group" aria-labelledby={id}>
        <table className="my-2 w-full text-left">
          <caption id={id} className="text-left">
            変更された項目（{change.fields.length}件）
          </caption>
          <thead>
            <tr>
              <th scope="col" className="p-2">
                項目
              </th>
              <th scope="col" className="p-2">
                変更前
              </th>
              <th scope="col" className="p-2">
                変更後（kintone）
              </th>
            </tr>
          </thead>
          <tbody>
            {change.fields.map((field) => (
              <tr key={field.code} className="border-t">
                <th scope="row" className="p-2 font-normal">
                  {field.label}
                </th>
                <td className="p-2">{field.before}</td>
                <td className="p-2">{field.after}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {offers('settleKintoneChange') && (
        <div className="flex flex-wrap gap-3">
          <Button size="md" variant="solid" busy={busy} onClick={() => void settle('accept')}>
            変更を認める
          </Button>
          <Button size="md" variant="outline" busy={busy} onClick={() => void settle('restore')}>
            元に戻す
          </Button>
        </div>
      )}
      {problem !== undefined && <p role="alert">{problem}</p>}
    </NotificationBanner>
  );
}
