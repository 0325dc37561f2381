import { useQuery } from '@tanstack/react-query';
import { useParams, useSearchParams } from 'react-router';
import type { BopPlacesResponse, PlaceClaimView } from '../../../api/contract/index.ts';
import {
  BackLink,
  DataTable,
  EmptyState,
  LinkButton,
  LoadError,
  Loading,
  NotificationBanner,
  PageTitle,
  StatusTag,
  TextLink,
} from '../../components/index.ts';
import type { Column } from '../../components/index.ts';
import { api, formatCount, useDocumentTitle } from '../../lib/index.ts';
import { useAccount } from '../layout/session.tsx';
import { newBulkPath } from './looks.ts';
import { Part, RoundsFrame } from './RoundsFrame.tsx';

const COLUMNS: readonly Column<PlaceClaimView>[] = [
  { id: 'rank', header: '順位', align: 'right', nowrap: true, cell: (claim) => `${String(claim.rank)}番` },
  {
    id: 'receiptNumber',
    header: '受付番号',
    primary: true,
    nowrap: true,
    cell: (claim) => (
      <TextLink to={`/applications/${claim.applicationId}`} className="font-mono">
        {claim.receiptNumber}
      </TextLink>
    ),
  },
  { id: 'child', header: '児童名', cell: (claim) => claim.childName ?? '読み込めません' },
  {
    id: 'outcome',
    header: '枠',
    cell: (claim) => (
      <span className="flex flex-col items-start gap-1">
        {claim.offered ? (
          <StatusTag tone={claim.waiting ? 'warning' : 'success'}>
            {claim.waiting ? '待機から繰り上げ' : '承認できる'}
          </StatusTag>
        ) : (
          <StatusTag tone="neutral">待機 {claim.waitingRank}番</StatusTag>
        )}
        <span className="text-dns-14N-130">{claim.outcome}</span>
      </span>
    ),
  },
  { id: 'reason', header: 'この順位の理由', cell: (claim) => claim.rankReason },
];

/** The places of extended use at one 新BOP: what is taken each month, who gets the next ones, who waits, and why. */
export function Component() {
  const { bop = '' } = useParams();
  const [search] = useSearchParams();
  const fiscalYear = search.get('fiscalYear') ?? '';
  const query = useQuery({
    queryKey: ['places', bop, fiscalYear],
    queryFn: ({ signal }) =>
      api.get<BopPlacesResponse>(`staff/places/${bop}`, { query: { fiscalYear }, signal }),
  });
  const title = query.data ? `${query.data.name}の延長利用の枠` : '延長利用の枠';
  useDocumentTitle(title);
  return (
    <RoundsFrame>
      <BackLink to={`/places?fiscalYear=${fiscalYear}`}>延長利用の枠の一覧</BackLink>
      <PageTitle caption={query.data ? `${fiscalYear}年度・${query.data.hallName}` : `${fiscalYear}年度`}>
        {title}
      </PageTitle>
      {query.isPending ? (
        <Loading />
      ) : query.isError ? (
        <LoadError error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Places places={query.data} />
      )}
    </RoundsFrame>
  );
}

function Places({ places }: { places: BopPlacesResponse }) {
  const ward = useAccount().role === 'ward';
  const { claims, fiscalYear, code } = places;
  const next = claims.filter((claim) => claim.waiting && claim.offered);
  const toDecide = claims.some((claim) => claim.offered || !claim.waiting);
  return (
    <>
      {next.length > 0 && (
        <NotificationBanner tone="warning" title="枠が空きました。待機から繰り上げる申請を決定してください">
          <ul className="list-disc pl-6">
            {next.map((claim) => (
              <li key={claim.applicationId}>
                <TextLink to={`/applications/${claim.applicationId}`}>
                  {claim.receiptNumber}　{claim.childName}
                </TextLink>
                ：{claim.rankReason}
              </li>
            ))}
          </ul>
        </NotificationBanner>
      )}
      {places.unread > 0 && (
        <NotificationBanner
          tone="warning"
          title={`kintone から読み出せない申請が${formatCount(places.unread)}件あります。順位に含まれていません。`}
        />
      )}
      <Part title={`月ごとの利用（枠 ${formatCount(places.places)}人）`}>
        <ul className="grid grid-cols-2 gap-2 sm:grid-cols-4 lg:grid-cols-6">
          {places.months.map(({ month, name, taken }) => (
            <li
              key={month}
              className={`rounded-8 border p-2 ${
                taken >= places.places ? 'border-red-900 bg-red-50' : 'border-solid-gray-420 bg-white'
              } ${month < places.from ? 'opacity-70' : ''}`}
            >
              <p className="text-dns-14N-130">{name}</p>
              <p className="text-std-16B-170 tabular-nums">
                {taken}／{places.places}
                {taken >= places.places && <span className="text-dns-14B-130 ml-1 text-red-900">満</span>}
              </p>
            </li>
          ))}
        </ul>
      </Part>
      <Part
        title="優先順位と待機"
        {...(ward && toDecide
          ? {
              actions: (
                <LinkButton size="sm" to={newBulkPath({ procedure: 'extendedUse', fiscalYear, bop: code })}>
                  この順位で決定する
                </LinkButton>
              ),
            }
          : {})}
      >
        <p className="mb-3">
          比べる順：{[...places.priorities, '受付の早い人を先に'].join(' → ')}。順位は案です。区が決定します。
          {places.inReview > 0 &&
            `審査中の申請が${formatCount(places.inReview)}件あり、審査が終わると順位に加わります。`}
        </p>
        <DataTable
          caption="優先順位と待機"
          columns={COLUMNS}
          rows={claims}
          rowKey={(claim) => claim.applicationId}
          dense
          empty={<EmptyState title="区決定待ち・待機の申請はありません" />}
        />
      </Part>
    </>
  );
}
