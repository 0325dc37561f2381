import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import type { RunListResponse } from '../../../api/contract/index.ts';
import { BackLink, Button, LoadError, Loading, Main } from '../../components/index.ts';
import { api, formatCount, formatDateTime, useDocumentTitle } from '../../lib/index.ts';
import { useAccount } from '../layout/session.tsx';
import { runName } from './labels.ts';

/** The list to tick off, on paper: in the order of the print file, with a box for each notice. */
export function Component() {
  const { id = '' } = useParams();
  const query = useQuery({
    queryKey: ['notice-run-list', id],
    queryFn: ({ signal }) =>
      api.get<RunListResponse>(`staff/notice-runs/${id}/list`, { signal, timeout: 120_000 }),
  });
  useDocumentTitle('照合表');
  if (query.isPending) return <Loading label="照合表を作っています" />;
  return (
    <Main wide>
      <BackLink to={`/notices/runs/${id}`}>発送</BackLink>
      {query.isError ? (
        <LoadError error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Sheet list={query.data} />
      )}
    </Main>
  );
}

function Sheet({ list }: { list: RunListResponse }) {
  const account = useAccount();
  return (
    <article className="text-dns-16N-130">
      <div className="mb-4 flex flex-wrap items-start justify-between gap-4">
        <h1 tabIndex={-1} className="text-std-24B-150">
          {runName(list)}　照合表
        </h1>
        <div className="no-print">
          <Button icon="print" onClick={() => window.print()}>
            印刷する
          </Button>
        </div>
      </div>
      <p className="mb-4">
        {list.what}・{formatCount(list.rows.length)}件（{formatDateTime(new Date().toISOString())}{' '}
        {account.name}）
      </p>
      <div className="overflow-x-auto" tabIndex={0} role="region" aria-label="照合表">
        <table className="w-full border-collapse text-left">
          <caption className="sr-only">照合表</caption>
          <thead>
            <tr>
              {['照合', '封筒', '新BOP', '児童', '宛名', '種類', '照会番号', '受付番号'].map((head) => (
                <th
                  key={head}
                  scope="col"
                  className="border border-solid-gray-536 px-2 py-1 whitespace-nowrap"
                >
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {list.rows.map((row) => (
              <tr key={row.reference} className={row.voided ? 'line-through' : ''}>
                <td className="border border-solid-gray-536 px-2 py-1 whitespace-nowrap">
                  {row.voided ? '取消' : row.countedAt === null ? '□' : '☑ 済'}
                </td>
                <td className="border border-solid-gray-536 px-2 py-1 text-right">{row.envelope}</td>
                <td className="border border-solid-gray-536 px-2 py-1">{row.bopName}</td>
                <th scope="row" className="border border-solid-gray-536 px-2 py-1 font-normal">
                  {row.childName}
                </th>
                <td className="border border-solid-gray-536 px-2 py-1">{row.addressee}</td>
                <td className="border border-solid-gray-536 px-2 py-1">{row.label}</td>
                <td className="border border-solid-gray-536 px-2 py-1 whitespace-nowrap">{row.reference}</td>
                <td className="border border-solid-gray-536 px-2 py-1 whitespace-nowrap">
                  {row.receiptNumber}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </article>
  );
}
