import type { ApplicationRow } from '../../../api/contract/index.ts';
import { STAGE_LABELS } from '../../../domain/texts/application.ts';
import { StatusTag, TextLink } from '../../components/index.ts';
import type { Column } from '../../components/index.ts';
import { dateInTokyo, formatShortDate, formatTime } from '../../lib/index.ts';
import { Deadline } from '../lib/Deadline.tsx';
import { STAGE_TONES } from '../lib/looks.ts';

const dash = <span className="text-solid-gray-700">－</span>;

/** Columns of every list of applications. `me`: the id of the reader, whose own work is marked. */
export function applicationColumns(me: string): readonly Column<ApplicationRow>[] {
  return [
    {
      id: 'receiptNumber',
      header: '受付番号',
      primary: true,
      nowrap: true,
      cell: (row) => (
        <TextLink to={`/applications/${row.id}`} className="font-mono">
          {row.receiptNumber}
        </TextLink>
      ),
    },
    {
      id: 'child',
      header: '児童名',
      nowrap: true,
      cell: (row) =>
        row.childName === null ? (
          <span className="text-solid-gray-700">読み込めません</span>
        ) : (
          <>
            <span className="block">{row.childName}</span>
            <span className="text-dns-14N-130 block text-solid-gray-700">{row.childKana}</span>
          </>
        ),
    },
    { id: 'bop', header: '新BOP', cell: (row) => row.bop.name },
    {
      id: 'stage',
      header: '状態',
      cell: (row) => <StatusTag tone={STAGE_TONES[row.stage]}>{STAGE_LABELS[row.stage]}</StatusTag>,
    },
    {
      id: 'tasks',
      header: '次にすること',
      cell: (row) =>
        row.tasks.length === 0 ? (
          dash
        ) : (
          <ul className="flex flex-col gap-0.5">
            {row.tasks.map((task, index) => (
              <li key={`${task.kind}-${index}`}>{task.label}</li>
            ))}
          </ul>
        ),
    },
    {
      id: 'assignee',
      header: '担当',
      nowrap: true,
      cell: (row) => {
        if (row.assignee === null) return dash;
        return row.assignee.id === me ? <b>{row.assignee.name}（自分）</b> : row.assignee.name;
      },
    },
    {
      id: 'deadline',
      header: '期限',
      sortable: true,
      cell: (row) => <Deadline deadline={row.deadline} overdue={row.overdue} />,
    },
    {
      id: 'receivedAt',
      header: '受付日時',
      sortable: true,
      cell: (row) => (
        <>
          <span className="whitespace-nowrap">
            {formatShortDate(dateInTokyo(row.receivedAt), new Date())}
          </span>{' '}
          <span className="whitespace-nowrap">{formatTime(row.receivedAt)}</span>
        </>
      ),
    },
  ];
}
