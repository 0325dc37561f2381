import { useQuery } from '@tanstack/react-query';
import type { WardSettingsResponse } from '../../../api/contract/index.ts';
import { EXPORT_ROLES } from '../../../domain/exports/runs.ts';
import {
  DataTable,
  LoadError,
  Loading,
  Main,
  PageTitle,
  StatusTag,
  TextLink,
} from '../../components/index.ts';
import type { Column } from '../../components/index.ts';
import { api, formatDate, formatDateTime, useDocumentTitle } from '../../lib/index.ts';
import { useAccount } from '../layout/session.tsx';
import { personName } from '../lib/people.ts';
import { settingPage } from './queries.ts';

type Row = WardSettingsResponse['settings'][number];

const COLUMNS: readonly Column<Row>[] = [
  {
    id: 'label',
    header: '設定',
    primary: true,
    nowrap: true,
    cell: (row) => <TextLink to={settingPage(row.key)}>{row.label}</TextLink>,
  },
  {
    id: 'since',
    header: 'いまの内容',
    cell: ({ inForce }) =>
      inForce.isDefault ? (
        <StatusTag tone="warning">既定値（区の定めに置き換えてください）</StatusTag>
      ) : (
        `第${String(inForce.version)}版${
          inForce.validFrom === null ? '' : `　${formatDate(inForce.validFrom)}から`
        }`
      ),
  },
  {
    id: 'next',
    header: '次の変更',
    cell: ({ nextFrom }) => (nextFrom === null ? '予定なし' : `${formatDate(nextFrom)}から`),
  },
  {
    id: 'changed',
    header: '変更した人',
    cell: ({ inForce }) =>
      inForce.changedBy === null
        ? '－'
        : `${personName(inForce.changedBy)}　${formatDateTime(inForce.changedAt)}`,
  },
];

/** Where all that the ward sets is found: what has its own page beside what it belongs to, and what stands here. */
export function Component() {
  const { role } = useAccount();
  useDocumentTitle('区の設定');
  const query = useQuery({
    queryKey: ['ward-setting', 'all'],
    queryFn: ({ signal }) => api.get<WardSettingsResponse>('staff/settings', { signal }),
  });
  return (
    <Main wide>
      <PageTitle lead="区が定める金額や扱いです。変更には適用する日と理由を付け、これまでの内容も残ります。">
        区の設定
      </PageTitle>
      {query.isPending ? (
        <Loading />
      ) : query.isError ? (
        <LoadError error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <DataTable
          caption="区の設定"
          columns={COLUMNS}
          rows={query.data.settings}
          rowKey={(row) => row.key}
          dense
        />
      )}
      <section aria-labelledby="elsewhere" className="mt-10">
        <h2 id="elsewhere" className="text-std-20B-150 mb-3">
          ほかの画面にある設定
        </h2>
        <ul className="list-disc pl-6">
          <li>
            <TextLink to="/rounds">受付回の日程（受付開始・受付終了・通知日）</TextLink>
          </li>
          <li>
            <TextLink to="/places">延長利用の枠と優先順位</TextLink>
          </li>
          <li>
            <TextLink to="/notices/templates">通知書の文面・教示</TextLink>
          </li>
          {EXPORT_ROLES.some((one) => one === role) && (
            <li>
              <TextLink to="/exports/settings">データ出力の様式・文字の置換表・保存期間</TextLink>
            </li>
          )}
        </ul>
      </section>
    </Main>
  );
}
