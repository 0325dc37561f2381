import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useParams } from 'react-router';
import type { RoundResponse } from '../../../api/contract/index.ts';
import { MILESTONE_LABELS, PHASE_LABELS } from '../../../domain/texts/rounds.ts';
import {
  BackLink,
  Button,
  DataTable,
  EmptyState,
  LinkButton,
  LoadError,
  Loading,
  NotificationBanner,
  PageTitle,
  StatCard,
  StatGrid,
  StatusTag,
  Timeline,
} from '../../components/index.ts';
import type { Column } from '../../components/index.ts';
import { api, formatCount, formatDate, formatDateTime, useDocumentTitle } from '../../lib/index.ts';
import { useAccount } from '../layout/session.tsx';
import { DatesDialog } from './DatesDialog.tsx';
import { newBulkPath, PHASE_TONES, roundTitle, undecidedIn } from './looks.ts';
import { Part, Progress, RoundsFrame } from './RoundsFrame.tsx';

type Dates = RoundResponse['dates'][number];
type BopLine = RoundResponse['bops'][number];

const COUNTS = [
  ['inReview', '審査中'],
  ['awaitingApplicant', '不備対応中'],
  ['awaitingDecision', '区決定待ち'],
  ['awaitingRelease', '通知待ち'],
  ['told', '通知済み'],
  ['cancelled', '取り下げ'],
] as const;

const BOP_COLUMNS: readonly Column<BopLine>[] = [
  { id: 'name', header: '新BOP', primary: true, cell: (bop) => bop.name },
  { id: 'hall', header: '児童館', cell: (bop) => bop.hallName },
  { id: 'received', header: '受付', align: 'right', cell: (bop) => formatCount(bop.totals.received) },
  ...COUNTS.map(([key, header]): Column<BopLine> => ({
    id: key,
    header,
    align: 'right',
    cell: (bop) => formatCount(bop.totals[key]),
  })),
];

/** One round: dates, what is left before its release, counts by stage and 新BOP, what it has done (Q23, Q24). */
export function Component() {
  const { fiscalYear = '', round = '' } = useParams();
  const title = roundTitle({ fiscalYear: Number(fiscalYear), round });
  useDocumentTitle(title);
  const query = useQuery({
    queryKey: ['round', fiscalYear, round],
    queryFn: ({ signal }) => api.get<RoundResponse>(`staff/rounds/${fiscalYear}/${round}`, { signal }),
  });
  return (
    <RoundsFrame>
      <BackLink to="/rounds">受付回の一覧</BackLink>
      <PageTitle>{title}</PageTitle>
      {query.isPending ? (
        <Loading />
      ) : query.isError ? (
        <LoadError error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Round round={query.data} />
      )}
    </RoundsFrame>
  );
}

function Round({ round }: { round: RoundResponse }) {
  const ward = useAccount().role === 'ward';
  const { totals } = round;
  return (
    <>
      <Release round={round} />
      <Part title="申請の件数">
        <StatGrid>
          <StatCard label="受付" value={formatCount(totals.received)} unit="件" />
          {COUNTS.map(([key, label]) => (
            <StatCard
              key={key}
              label={label}
              value={formatCount(totals[key])}
              unit="件"
              {...(key === 'awaitingApplicant' && totals.overdue > 0
                ? { tone: 'danger' as const, note: `期限超過 ${formatCount(totals.overdue)}件` }
                : {})}
            />
          ))}
        </StatGrid>
      </Part>
      <DatesPart round={round} ward={ward} />
      {ward && (
        <Part title="まとめて決定">
          <p className="mb-3">区決定待ちの申請を、内容を確認してからまとめて決定します。</p>
          <ul className="flex flex-wrap gap-3">
            {round.byProcedure
              .filter((one) => one.totals.awaitingDecision > 0)
              .map(({ procedure, procedureName, totals: own }) => (
                <li key={procedure}>
                  <LinkButton
                    variant="outline"
                    size="sm"
                    to={newBulkPath({ procedure, fiscalYear: round.fiscalYear, round: round.round })}
                  >
                    {procedureName}（区決定待ち {formatCount(own.awaitingDecision)}件）
                  </LinkButton>
                </li>
              ))}
          </ul>
          {totals.awaitingDecision === 0 && <p>区決定待ちの申請はありません。</p>}
        </Part>
      )}
      <Part title="新BOPごとの件数">
        <DataTable
          caption="新BOPごとの件数"
          columns={BOP_COLUMNS}
          rows={round.bops}
          rowKey={(bop) => bop.code}
          dense
          empty={<EmptyState title="まだ申請がありません" />}
        />
      </Part>
      <Part title="これまでの経過">
        {round.milestones.length === 0 ? (
          <p>まだ記録はありません。</p>
        ) : (
          <Timeline
            items={round.milestones.map((one) => ({
              id: one.key,
              at: one.dueAt,
              title: `${MILESTONE_LABELS[one.kind]}（${one.procedureName}）`,
              tone: one.kind === 'released' ? ('success' as const) : ('info' as const),
              body: (
                <p className="text-dns-16N-130">
                  {formatDateTime(one.recordedAt)} の時点：受付 {formatCount(one.received)}件、決定まで{' '}
                  {formatCount(one.undecided)}件
                </p>
              ),
            }))}
          />
        )}
      </Part>
    </>
  );
}

/** The next release, and what stands between. */
function Release({ round }: { round: RoundResponse }) {
  const { release, totals, together } = round;
  if (!together) {
    return <NotificationBanner title="随時受付です。決定すると、すぐに申請者に知らせます。" />;
  }
  if (!release) {
    const open = undecidedIn(totals);
    return (
      <NotificationBanner
        tone={open === 0 ? 'success' : 'info'}
        title={
          totals.awaitingRelease > 0
            ? '決定を申請者に通知しています'
            : '通知日を過ぎています（または未定です）'
        }
      >
        {open > 0 && <p>決定していない申請が{formatCount(open)}件あります。決定すると、すぐに知らせます。</p>}
      </NotificationBanner>
    );
  }
  const done = totals.received - totals.cancelled - undecidedIn(totals);
  return (
    <NotificationBanner
      tone={release.undecided > 0 && release.workingDaysLeft <= 5 ? 'warning' : 'info'}
      title={`${formatDate(release.on, { weekday: true, era: true })}に、決定をまとめて通知します`}
    >
      <p>
        通知日まで {formatCount(release.workingDaysLeft)} 開庁日。
        {release.undecided === 0
          ? 'この回の申請は、すべて決定しています。'
          : `それまでに、あと${formatCount(release.undecided)}件の審査・決定が必要です（間に合わなかった申請は、決定するとすぐに知らせます）。`}
      </p>
      <Progress label="決定済み" done={done} total={totals.received - totals.cancelled} />
      {!round.armed && <p>日程の変更を反映しています。</p>}
    </NotificationBanner>
  );
}

function DatesPart({ round, ward }: { round: RoundResponse; ward: boolean }) {
  const [editing, setEditing] = useState<Dates>();
  const columns: readonly Column<Dates>[] = [
    { id: 'procedure', header: '手続き', primary: true, cell: (dates) => dates.procedureName },
    {
      id: 'phase',
      header: '状況',
      cell: ({ phase }) => <StatusTag tone={PHASE_TONES[phase]}>{PHASE_LABELS[phase]}</StatusTag>,
    },
    ...(['opensOn', 'closesOn', 'noticesOn'] as const).map((key): Column<Dates> => ({
      id: key,
      header: { opensOn: '受付開始', closesOn: '受付終了', noticesOn: '通知日' }[key],
      nowrap: true,
      cell: (dates) => (dates[key] === null ? '－' : formatDate(dates[key], { weekday: true })),
    })),
    ...(ward
      ? [
          {
            id: 'change',
            header: '変更',
            cell: (dates: Dates) => (
              <Button variant="outline" size="sm" onClick={() => setEditing(dates)}>
                変更<span className="sr-only">（{dates.procedureName}の日程）</span>
              </Button>
            ),
          },
        ]
      : []),
  ];
  return (
    <Part title="日程">
      <DataTable
        caption="手続きごとの日程"
        columns={columns}
        rows={round.dates}
        rowKey={(dates) => dates.procedure}
        dense
      />
      {editing && <DatesDialog round={round} dates={editing} onClose={() => setEditing(undefined)} />}
    </Part>
  );
}
