import { useMemo } from 'react';
import { Disclosure, EmptyState, Icon, NotificationBanner } from '../../components/index.ts';
import { AnswersView, HintNote } from '../answers/AnswersView.tsx';
import { changesOf } from '../answers/changes.ts';
import { EntryReturned } from '../review/EntryReturned.tsx';
import { KintoneChanges } from '../kintone/KintoneChanges.tsx';
import { ChildPanel } from './ChildPanel.tsx';
import { LookAlikes } from './LookAlikes.tsx';
import { useOpened } from './context.tsx';

/** The newest answers, what changed, what the machine noticed, possible duplicates. */
export function AnswersTab() {
  const { application, procedure } = useOpened();
  const changes = useMemo(() => changesOf(application.versions), [application.versions]);
  const { answers } = application;
  const general = application.hints.filter((hint) => hint.field === null);
  return (
    <div className="flex flex-col gap-6">
      <EntryReturned />
      <KintoneChanges />
      <LookAlikes />
      <ChildPanel />
      {application.hints.length > 0 && (
        <NotificationBanner tone="info" title={`受付時の点検：${application.hints.length}件`}>
          {general.map((hint) => (
            <HintNote key={`${hint.code}-${hint.text}`} hint={hint} bare />
          ))}
          {general.length < application.hints.length && (
            <p>回答に関する{application.hints.length - general.length}件は、下の各項目に表示しています。</p>
          )}
        </NotificationBanner>
      )}
      {changes.size > 0 && (
        <Disclosure summary={`申請後に変更された項目：${changes.size}件（青い線の項目）`}>
          <p className="flex items-center gap-2">
            <Icon name="info" size={20} />
            現在は第{application.dataVersion}
            版です。各項目に、変更前の内容・日付・変更した人を表示しています。
          </p>
        </Disclosure>
      )}
      {answers && procedure ? (
        <AnswersView procedure={procedure} answers={answers} changes={changes} hints={application.hints} />
      ) : (
        <EmptyState title="申請内容を読み込めません">
          <p>つながり次第、自動で表示します。</p>
        </EmptyState>
      )}
    </div>
  );
}
