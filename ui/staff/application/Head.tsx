import { useState } from 'react';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import type { StaffActionInput, StaffActionType } from '../../../api/contract/index.ts';
import { PAPER_WAY_LABELS } from '../../../domain/intake/paper.ts';
import { STAGE_LABELS } from '../../../domain/texts/application.ts';
import { BackLink, Button, LinkButton, Menu, StatusTag, TextLink, useToast } from '../../components/index.ts';
import type { MenuEntry } from '../../components/index.ts';
import { formatDate, formatDateTime, problemMessage } from '../../lib/index.ts';
import { useKeys } from '../layout/shortcuts.tsx';
import { Deadline } from '../lib/Deadline.tsx';
import { STAGE_TONES } from '../lib/looks.ts';
import { lastList } from '../list/remember.ts';
import { useOpened } from './context.tsx';
import type { Offered } from './context.tsx';
import { AT_ONCE, isKnownAction, PLACES, TAB_LABELS } from './places.ts';
import type { TabId } from './places.ts';

const CHANNEL_LABELS = { online: 'オンライン', paper: '紙' } as const;

/** Number, child, place, state, who is in charge, what to do next and the buttons for it. */
export function ApplicationHead({ tab }: { tab: TabId }) {
  const { application, procedure } = useOpened();
  const navigate = useNavigate();
  const back = lastList();
  useKeys({ u: () => void navigate(back) });
  return (
    <header className="mb-4">
      <div className="flex flex-wrap items-start justify-between gap-x-6">
        <BackLink to={back}>一覧へ戻る</BackLink>
        <div className="no-print flex flex-wrap gap-x-2">
          <LinkButton to={`/applications/${application.id}/print`} variant="text" size="sm" icon="print">
            申請内容を印刷
          </LinkButton>
          {application.decision !== null && (
            <LinkButton
              to={`/notices?q=${application.receiptNumber}&voided=too`}
              variant="text"
              size="sm"
              icon="file"
            >
              通知書
            </LinkButton>
          )}
          {application.temporalUrl !== null && (
            <LinkButton href={application.temporalUrl} newTab variant="text" size="sm">
              処理の記録（Temporal）
            </LinkButton>
          )}
        </div>
      </div>
      <h1 tabIndex={-1} className="text-std-24B-150 flex flex-wrap items-center gap-x-4 gap-y-1">
        <span className="font-mono">{application.receiptNumber}</span>
        <span>{application.childName ?? '氏名を読み込めません'}</span>
        {application.childKana !== null && (
          <span className="text-std-16N-170 text-solid-gray-700">{application.childKana}</span>
        )}
        <StatusTag tone={STAGE_TONES[application.stage]}>{STAGE_LABELS[application.stage]}</StatusTag>
      </h1>
      <dl className="text-dns-16N-130 mt-2 flex flex-wrap gap-x-6 gap-y-1">
        <Fact term="手続き">
          {procedure?.name.ja ?? application.procedure}（{application.fiscalYear}年度）
        </Fact>
        <Fact term="新BOP">
          {application.bop.name}（{application.bop.hallName}）
        </Fact>
        <Fact term="受付">
          {formatDateTime(application.receivedAt)}（{CHANNEL_LABELS[application.channel]}）
        </Fact>
        {application.paper && (
          <Fact term="収受">
            <span className="font-mono">{application.paper.serial}</span>（
            {formatDate(application.paper.receivedOn)} {PAPER_WAY_LABELS[application.paper.arrivedBy]}・
            {application.paper.receiver.name}）
          </Fact>
        )}
        <Fact term="担当">{application.assignee?.name ?? '担当者なし'}</Fact>
        {application.deadline !== null && (
          <Fact term="回答の期限">
            <Deadline deadline={application.deadline} overdue={application.overdue} />
          </Fact>
        )}
        {application.cycle > 1 && <Fact term="審査">{application.cycle}巡目</Fact>}
      </dl>
      <NextThings tab={tab} />
    </header>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-x-2">
      <dt className="text-solid-gray-700">{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** What has to be done now, and what the server offers for it. */
function NextThings({ tab }: { tab: TabId }) {
  const { application } = useOpened();
  const known = application.actions.filter((action): action is Offered & { type: StaffActionType } =>
    isKnownAction(action.type),
  );
  const offered = known.filter((action) => action.offered && PLACES[action.type].way !== 'item');
  const buttons = offered.filter(({ type }) => PLACES[type].look !== 'menu');
  const others = offered.filter(({ type }) => PLACES[type].look === 'menu');
  const blocked = known.filter((action) => EXPLAINED.includes(action.refusal?.code ?? ''));
  return (
    <div className="no-print mt-4 rounded-12 border border-blue-900 bg-blue-50 px-4 py-3">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h2 className="text-dns-14B-130 text-blue-1000">次にすること</h2>
          {application.tasks.length === 0 ? (
            <p>いま職員がすることはありません。</p>
          ) : (
            <ul className="text-std-17B-170">
              {application.tasks.map((task, index) => (
                <li key={`${task.kind}-${index}`}>{task.label}</li>
              ))}
            </ul>
          )}
          {[...new Set(blocked.map((action) => action.refusal?.text))].map((text) => (
            <p key={text} className="text-solid-gray-800">
              {text}
            </p>
          ))}
        </div>
        <div className="flex flex-wrap items-center gap-3">
          {buttons.map((action) => (
            <ActionButton key={action.type} action={action} tab={tab} />
          ))}
          {others.length > 0 && <OtherActions actions={others} />}
        </div>
      </div>
    </div>
  );
}

/** Refusals that say something about this person and this application, not only that it is not the time. */
const EXPLAINED: readonly string[] = ['samePerson', 'enteredByYou', 'assignedToOther', 'openEscalation'];

/** Does an action that wants nothing further, or opens the form of one that does. */
function useStart(): {
  readonly busy: boolean;
  readonly start: (action: Offered & { type: StaffActionType }) => void;
} {
  const { act, openForm } = useOpened();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const run = async (input: StaffActionInput, label: string) => {
    setBusy(true);
    try {
      await act(input);
      toast.show(`「${label}」を登録しました`, { tone: 'success' });
    } catch (error) {
      toast.show(problemMessage(error), { tone: 'error' });
    } finally {
      setBusy(false);
    }
  };
  return {
    busy,
    start: (action) => {
      const input = AT_ONCE[action.type];
      if (input) void run(input, action.label);
      else openForm(action.type);
    },
  };
}

function ActionButton({ action, tab }: { action: Offered & { type: StaffActionType }; tab: TabId }) {
  const { goTo } = useOpened();
  const { busy, start } = useStart();
  const place = PLACES[action.type];
  if (place.way === 'go') {
    // Already there: the form itself has the button that does it.
    if (place.tab === tab) return <TextLink href={`#tab-${place.tab}`}>{action.label}（下の欄）</TextLink>;
    return (
      <Button variant={place.look === 'main' ? 'solid' : 'outline'} size="sm" onClick={() => goTo(place.tab)}>
        {action.label}（「{TAB_LABELS[place.tab]}」へ）
      </Button>
    );
  }
  return (
    <Button
      variant={place.look === 'main' ? 'solid' : 'outline'}
      size="sm"
      busy={busy}
      onClick={() => start(action)}
    >
      {action.label}
    </Button>
  );
}

function OtherActions({ actions }: { actions: readonly (Offered & { type: StaffActionType })[] }) {
  const { start } = useStart();
  const items: readonly MenuEntry[] = actions.map((action) => ({
    id: action.type,
    label: action.label,
    onSelect: () => start(action),
  }));
  return <Menu label="その他の操作" size="sm" items={items} />;
}
