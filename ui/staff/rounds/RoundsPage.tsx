import { useQuery } from '@tanstack/react-query';
import type { RoundRow, RoundsResponse } from '../../../api/contract/index.ts';
import { PHASE_LABELS } from '../../../domain/texts/rounds.ts';
import {
  DataTable,
  EmptyState,
  LoadError,
  Loading,
  PageTitle,
  StatusTag,
  TextLink,
} from '../../components/index.ts';
import type { Column } from '../../components/index.ts';
import { api, formatCount, formatDate, useDocumentTitle } from '../../lib/index.ts';
import { PHASE_TONES, roundPath, undecidedIn } from './looks.ts';
import { Part, RoundsFrame } from './RoundsFrame.tsx';

/** A round as the table shows it: procedures with the same dates stand together. */
interface Line {
  readonly key: string;
  readonly round: RoundRow;
  readonly dates: RoundRow['dates'][number];
  readonly procedures: string;
  /** The first of its round's lines: the counts are of the whole round and stand once. */
  readonly first: boolean;
}

function linesOf(rounds: readonly RoundRow[]): readonly Line[] {
  return rounds.flatMap((round) => {
    const groups = new Map<string, RoundRow['dates'][number][]>();
    for (const dates of round.dates) {
      const key = [dates.opensOn, dates.closesOn, dates.noticesOn].join('/');
      groups.set(key, [...(groups.get(key) ?? []), dates]);
    }
    return [...groups].flatMap(([dates, [first, ...more]], index) =>
      first === undefined
        ? []
        : [
            {
              key: `${roundPath(round)}/${dates}`,
              round,
              dates: first,
              procedures: [first, ...more].map((one) => one.procedureName).join('、'),
              first: index === 0,
            },
          ],
    );
  });
}

function countOf({ round, first }: Line, count: (round: RoundRow) => number): string {
  return first ? formatCount(count(round)) : '（上の行に含む）';
}

const COLUMNS: readonly Column<Line>[] = [
  {
    id: 'name',
    header: '受付回',
    primary: true,
    nowrap: true,
    cell: ({ round }) => <TextLink to={roundPath(round)}>{round.name}</TextLink>,
  },
  {
    id: 'procedures',
    header: '手続き',
    // Beside so many columns that do not break, it would be one character wide.
    cell: (line) => <span className="block sm:min-w-40">{line.procedures}</span>,
  },
  {
    id: 'phase',
    header: '状況',
    cell: ({ dates }) => <StatusTag tone={PHASE_TONES[dates.phase]}>{PHASE_LABELS[dates.phase]}</StatusTag>,
  },
  { id: 'opensOn', header: '受付開始', nowrap: true, cell: ({ dates }) => day(dates.opensOn) },
  { id: 'closesOn', header: '受付終了', nowrap: true, cell: ({ dates }) => day(dates.closesOn) },
  { id: 'noticesOn', header: '通知日', nowrap: true, cell: ({ dates }) => day(dates.noticesOn) },
  {
    id: 'received',
    header: '受付',
    align: 'right',
    cell: (line) => countOf(line, ({ totals }) => totals.received),
  },
  {
    id: 'undecided',
    header: '決定まで',
    align: 'right',
    cell: (line) => countOf(line, ({ totals }) => undecidedIn(totals)),
  },
  {
    id: 'awaitingRelease',
    header: '通知待ち',
    align: 'right',
    cell: (line) => countOf(line, ({ totals }) => totals.awaitingRelease),
  },
];

function day(date: string | null): string {
  return date === null ? '－' : formatDate(date);
}

/** All rounds: dates, how far they are (Q23, Q24). */
export function Component() {
  useDocumentTitle('受付回');
  const query = useQuery({
    queryKey: ['round', 'all'],
    queryFn: ({ signal }) => api.get<RoundsResponse>('staff/rounds', { signal }),
  });
  return (
    <RoundsFrame>
      <PageTitle lead="一斉受付は、通知日に決定をまとめて申請者に知らせます。随時受付は、決定するとすぐに知らせます。">
        受付回
      </PageTitle>
      {query.isPending ? (
        <Loading />
      ) : query.isError ? (
        <LoadError error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        years(query.data.rounds).map(([year, rounds]) => (
          <Part key={year} title={`${String(year)}年度`}>
            <DataTable
              caption={`${String(year)}年度の受付回`}
              columns={COLUMNS}
              rows={linesOf(rounds)}
              rowKey={(line) => line.key}
              empty={<EmptyState title="受付回がありません" />}
            />
          </Part>
        ))
      )}
    </RoundsFrame>
  );
}

function years(rounds: readonly RoundRow[]): readonly [number, RoundRow[]][] {
  const byYear = new Map<number, RoundRow[]>();
  for (const round of rounds) byYear.set(round.fiscalYear, [...(byYear.get(round.fiscalYear) ?? []), round]);
  return [...byYear];
}
