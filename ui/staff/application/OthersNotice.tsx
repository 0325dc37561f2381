import { useState } from 'react';
import type { StaffApplication } from '../../../api/contract/index.ts';
import { STAGE_LABELS } from '../../../domain/texts/application.ts';
import { NotificationBanner } from '../../components/index.ts';
import { formatTime } from '../../lib/index.ts';
import { useAccount } from '../layout/session.tsx';
import { personName } from '../lib/people.ts';
import { useOpened } from './context.tsx';

interface Seen {
  readonly seq: number;
  readonly stage: StaffApplication['stage'];
}

/** What others have done since the page was opened or last acknowledged; one's own doing is no news. */
export function newsSince(
  application: Pick<StaffApplication, 'timeline'>,
  seq: number,
  me: string,
): StaffApplication['timeline'] {
  return application.timeline.filter((entry) => entry.seq > seq && entry.by.id !== me);
}

/** Tells, without a reload and without taking the focus, what somebody else did while the page was open. */
export function OthersNotice() {
  const { application } = useOpened();
  const account = useAccount();
  const [seen, setSeen] = useState<Seen>({ seq: application.seq, stage: application.stage });
  const news = newsSince(application, seen.seq, account.id);
  // One's own doing is no news: what comes next is told from here.
  if (news.length === 0 && seen.seq !== application.seq) {
    setSeen({ seq: application.seq, stage: application.stage });
  }
  const moved = news.length > 0 && application.stage !== seen.stage;
  return (
    // The live region is there before the news, so that they are read out.
    <div role="status" className="no-print">
      {news.length > 0 && (
        <NotificationBanner
          tone={moved ? 'warning' : 'info'}
          title={
            moved
              ? `状態が「${STAGE_LABELS[seen.stage]}」から「${STAGE_LABELS[application.stage]}」に変わりました`
              : 'この申請に新しい動きがありました'
          }
          onClose={() => setSeen({ seq: application.seq, stage: application.stage })}
          className="mb-4"
        >
          <ul className="list-disc pl-5">
            {news.map((entry) => (
              <li key={entry.seq}>
                {formatTime(entry.at)}　{personName(entry.by)}：{entry.title.ja}
              </li>
            ))}
          </ul>
          <p>画面は最新の内容になっています。入力中の内容は残っています。</p>
        </NotificationBanner>
      )}
    </div>
  );
}
