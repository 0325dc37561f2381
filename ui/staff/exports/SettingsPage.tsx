import { useSearchParams } from 'react-router';
import type { ExportProfile } from '../../../domain/exports/profile.ts';
import {
  BackLink,
  DataTable,
  LinkButton,
  LoadError,
  Loading,
  Main,
  NotificationBanner,
  PageTitle,
  StatusTag,
  Tabs,
  TextLink,
} from '../../components/index.ts';
import type { Column } from '../../components/index.ts';
import { useDocumentTitle } from '../../lib/index.ts';
import { useAccount } from '../layout/session.tsx';
import { History } from './History.tsx';
import { ENCODING_LABELS, SUBJECT_LABELS } from './labels.ts';
import { useExportSetting } from './queries.ts';
import { Replacements } from './Replacements.tsx';
import { Retention } from './Retention.tsx';

/** What the ward sets about exports: profiles, replacements, how long files are kept. Leaders look only. */
export function Component() {
  const [search, setSearch] = useSearchParams();
  const mayEdit = useAccount().role === 'ward';
  useDocumentTitle('様式と置換表｜データ出力');
  return (
    <Main wide>
      <BackLink to="/exports">データ出力の一覧</BackLink>
      <PageTitle>様式と置換表</PageTitle>
      <Tabs
        label="設定の種類"
        selected={search.get('tab') ?? 'profiles'}
        onSelect={(tab) => setSearch({ tab }, { replace: true })}
        tabs={[
          { id: 'profiles', label: '様式', content: <Profiles mayEdit={mayEdit} /> },
          {
            id: 'replacements',
            label: '置換表',
            content: <Replacements mayEdit={mayEdit} added={search.getAll('add')} />,
          },
          { id: 'retention', label: '保存期間', content: <Retention mayEdit={mayEdit} /> },
        ]}
      />
    </Main>
  );
}

function Profiles({ mayEdit }: { mayEdit: boolean }) {
  const query = useExportSetting('exportProfiles');
  if (query.isPending) return <Loading />;
  if (query.isError) return <LoadError error={query.error} onRetry={() => void query.refetch()} />;
  const setting = query.data;
  const columns: readonly Column<ExportProfile>[] = [
    {
      id: 'name',
      header: '様式',
      primary: true,
      cell: (one) => <TextLink to={`/exports/settings/profiles/${one.id}`}>{one.name}</TextLink>,
    },
    { id: 'subject', header: '対象', cell: (one) => SUBJECT_LABELS[one.subject] },
    {
      id: 'form',
      header: '形',
      cell: (one) =>
        `${one.layout.kind === 'fixed' ? '固定長' : '区切り'}・${ENCODING_LABELS[one.encoding].replace(/（.*/u, '')}・${String(one.columns.length)}項目`,
    },
    {
      id: 'active',
      header: '使用',
      cell: (one) => (
        <StatusTag tone={one.active ? 'success' : 'neutral'}>{one.active ? '使用中' : '使わない'}</StatusTag>
      ),
    },
  ];
  return (
    <div className="flex flex-col gap-6">
      {setting.isDefault && (
        <NotificationBanner tone="warning" title="既定の様式です">
          <p>区の学童クラブ管理システムの取込仕様に合わせて直してください。直した版は履歴に残ります。</p>
        </NotificationBanner>
      )}
      <DataTable caption="様式" columns={columns} rows={setting.value} rowKey={(one) => one.id} dense />
      {mayEdit && (
        <div>
          <LinkButton to="/exports/settings/profiles/new" variant="outline">
            様式を加える
          </LinkButton>
        </div>
      )}
      <History history={setting.history} />
    </div>
  );
}
