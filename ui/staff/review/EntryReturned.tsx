import { NotificationBanner } from '../../components/index.ts';
import { formatDateTime } from '../../lib/index.ts';
import { fieldLabel, useOpened } from '../application/context.tsx';
import { personName } from '../lib/people.ts';

/** What a checker found different between entry and scan, while nobody has put it right (Q14). */
export function EntryReturned() {
  const { application, procedure } = useOpened();
  const { entryReturned } = application;
  if (!entryReturned) return null;
  return (
    <NotificationBanner tone="warning" title="照合で違いが見つかりました" className="mb-4">
      <p>
        {formatDateTime(entryReturned.at)}　{personName(entryReturned.by)}
      </p>
      <ul className="list-disc pl-5">
        {entryReturned.differences.map(({ field, note }) => (
          <li key={field}>
            <b>{fieldLabel(procedure, field)}</b>
            {note !== null && <span className="whitespace-pre-wrap">：画像では「{note}」</span>}
          </li>
        ))}
      </ul>
      <p>画像を確かめ、「入力を訂正する」から直してください。直すと、もう一度照合されます。</p>
    </NotificationBanner>
  );
}
