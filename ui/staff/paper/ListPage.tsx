import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import type { PaperListResponse, PaperRow } from '../../../api/contract/index.ts';
import { PAPER_STATES, PAPER_WAY_LABELS, type PaperState } from '../../../domain/intake/paper.ts';
import { isContractor } from '../../../domain/people/actor.ts';
import { procedureOf } from '../../../domain/procedures/registry.ts';
import {
  DataTable,
  EmptyState,
  LinkButton,
  LoadError,
  Main,
  PageTitle,
  Pagination,
  StatusTag,
  TextLink,
} from '../../components/index.ts';
import type { Column } from '../../components/index.ts';
import { api, cx, formatCount, formatDate, formatDateTime, useDocumentTitle } from '../../lib/index.ts';
import { useAccount } from '../layout/session.tsx';
import { personName } from '../lib/people.ts';
import { PAPER_STATE_LABELS } from './labels.ts';

function isState(value: string | null): value is PaperState {
  return PAPER_STATES.some((state) => state === value);
}

/** Paper applications (Q12, Q14): those that are being entered, those that became applications, those given up. */
export function Component() {
  const account = useAccount();
  const enters = isContractor(account.role);
  const [search, setSearch] = useSearchParams();
  const asked = search.get('state');
  const state = isState(asked) ? asked : 'entering';
  const page = Number(search.get('page') ?? '1') || 1;
  const query = useQuery({
    queryKey: ['paper', state, page],
    // Who comes back from a form wants to find it here, not the list of a moment ago.
    staleTime: 0,
    queryFn: ({ signal }) =>
      api.get<PaperListResponse>('staff/paper-applications', { query: { state, page }, signal }),
    placeholderData: keepPreviousData,
  });
  useDocumentTitle('紙の申請');
  const { data } = query;
  return (
    <Main wide>
      <PageTitle
        actions={
          enters && (
            <LinkButton to="/paper/new" variant="solid">
              紙の申請を受け付ける
            </LinkButton>
          )
        }
      >
        紙の申請
      </PageTitle>
      <nav aria-label="紙の申請の状態" className="mb-4">
        <ul className="flex flex-wrap gap-2">
          {PAPER_STATES.map((one) => (
            <li key={one}>
              <Link
                to={`/paper?state=${one}`}
                aria-current={one === state ? 'page' : undefined}
                className={cx(
                  'inline-flex min-h-11 items-center rounded-8 border px-3',
                  one === state ? 'border-blue-900 bg-blue-50 font-bold' : 'border-solid-gray-420',
                )}
              >
                {PAPER_STATE_LABELS[one]}
                {one === state && data && <span className="ml-2">{formatCount(data.total)}件</span>}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {query.isError && !data ? (
        <LoadError error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <>
          <DataTable
            caption={`紙の申請（${PAPER_STATE_LABELS[state]}）`}
            columns={columns(enters, state)}
            rows={data?.rows ?? []}
            rowKey={(row) => row.id}
            loading={query.isPending}
            dense
            empty={
              <EmptyState title={`${PAPER_STATE_LABELS[state]}の紙の申請はありません`}>
                {enters && <p>紙の申請が届いたら、「紙の申請を受け付ける」から登録してください。</p>}
              </EmptyState>
            }
          />
          {data && data.total > 0 && (
            <Pagination
              page={data.page}
              pageSize={data.pageSize}
              total={data.total}
              onPage={(next) => setSearch({ state, page: String(next) })}
            />
          )}
        </>
      )}
    </Main>
  );
}

const dash = <span className="text-solid-gray-700">－</span>;

function columns(enters: boolean, state: PaperState): readonly Column<PaperRow>[] {
  return [
    {
      id: 'serial',
      header: '収受番号',
      primary: true,
      nowrap: true,
      cell: (row) =>
        enters ? (
          <TextLink to={`/paper/${row.id}`} className="font-mono">
            {row.serial}
          </TextLink>
        ) : (
          <span className="font-mono">{row.serial}</span>
        ),
    },
    { id: 'receivedOn', header: '受領日', nowrap: true, cell: (row) => formatDate(row.receivedOn) },
    { id: 'arrivedBy', header: '受け取り方', cell: (row) => PAPER_WAY_LABELS[row.arrivedBy] },
    {
      id: 'procedure',
      header: '手続き',
      cell: (row) => procedureOf(row.procedure)?.name.ja ?? row.procedure,
    },
    ...(state === 'submitted'
      ? [
          {
            id: 'receiptNumber',
            header: '受付番号',
            nowrap: true,
            cell: (row: PaperRow) =>
              row.applicationId === null ? (
                dash
              ) : (
                <TextLink to={`/applications/${row.applicationId}`} className="font-mono">
                  {row.receiptNumber}
                </TextLink>
              ),
          },
        ]
      : [{ id: 'child', header: '児童名', cell: (row: PaperRow) => row.childName ?? dash }]),
    { id: 'receiver', header: '受領者', cell: (row) => personName(row.receiver) },
    {
      id: 'enteredBy',
      header: '入力者',
      cell: (row) => (
        <span className="flex flex-wrap items-center gap-2">
          {personName(row.enteredBy)}
          {row.mine && row.state === 'entering' && <StatusTag tone="info">自分</StatusTag>}
        </span>
      ),
    },
    { id: 'updatedAt', header: '最終更新', nowrap: true, cell: (row) => formatDateTime(row.updatedAt) },
  ];
}
