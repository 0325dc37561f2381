import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import type { StaffNotice } from '../../../api/contract/index.ts';
import {
  BackLink,
  DescriptionList,
  DocumentViewer,
  LoadError,
  Loading,
  Main,
  NoticeSheet,
  NotificationBanner,
  PageTitle,
  StatusTag,
  Tabs,
  TextLink,
} from '../../components/index.ts';
import { api, apiUrl, formatDateTime, useDocumentTitle } from '../../lib/index.ts';
import { deliveryLabel, standingOf } from './labels.ts';

/** One notice: what it says, its PDF, and how to tell that it is what was made. */
export function Component() {
  const { id = '' } = useParams();
  const query = useQuery({
    queryKey: ['notice', id],
    queryFn: ({ signal }) => api.get<StaffNotice>(`staff/notices/${id}`, { signal }),
  });
  useDocumentTitle(query.data ? `${query.data.row.label} ${query.data.row.reference}` : '通知書');
  if (query.isPending) return <Loading />;
  return (
    <Main wide>
      <BackLink to="/notices">通知書</BackLink>
      {query.isError ? (
        <LoadError error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <View notice={query.data} />
      )}
    </Main>
  );
}

function View({ notice }: { notice: StaffNotice }) {
  const { row, view, missing } = notice;
  const state = standingOf(row);
  const name = `${row.label}_${row.reference}.pdf`;
  return (
    <>
      <PageTitle caption={view.number}>
        {row.label}　{row.reference}
      </PageTitle>
      {row.voidedAt !== null && (
        <NotificationBanner tone="warning" title="取り消された通知書です" className="mb-6">
          {row.voidReason === 'redated' ? (
            <p>
              {formatDateTime(row.voidedAt)}
              に通知日が変わり、新しい日付の通知書に差し替えられました。郵送・交付しないでください。
            </p>
          ) : (
            <p>{formatDateTime(row.voidedAt)}に決定が取り消されました。郵送・交付しないでください。</p>
          )}
          <p>
            <TextLink to={`/notices?q=${row.receiptNumber}&voided=too`}>
              この申請の通知書をすべて見る
            </TextLink>
          </p>
        </NotificationBanner>
      )}
      {missing.length > 0 && (
        <NotificationBanner tone="error" title="印字できない文字があります（外字）" className="mb-6">
          <p>
            次の文字は書体にないため「〓」と印字されます：{missing.join('、')}
            。書体（IPAmj明朝）の導入を管理者に依頼してください。それまで印刷ファイルには入りません。
          </p>
        </NotificationBanner>
      )}
      <DescriptionList
        columns={3}
        items={[
          { term: '状態', description: <StatusTag tone={state.tone}>{state.label}</StatusTag> },
          {
            term: '申請',
            description: <TextLink to={`/applications/${row.applicationId}`}>{row.receiptNumber}</TextLink>,
          },
          { term: '届け方', description: deliveryLabel(row.delivery) },
          { term: '発送', description: row.run ?? 'まだ印刷ファイルに入っていません' },
          { term: '決定', description: formatDateTime(notice.basis.decidedAt) },
          {
            term: 'もとにしたもの',
            description: `申請内容 第${notice.basis.dataVersion}版・文面 第${notice.basis.templateVersion}版`,
          },
          {
            term: '内容の確認用の値（SHA-256）',
            description: <span className="font-mono break-all">{notice.sha256}</span>,
          },
        ]}
      />
      <div className="mt-8">
        <Tabs
          label="通知書"
          tabs={[
            { id: 'text', label: '内容', content: <NoticeSheet view={view} /> },
            {
              id: 'pdf',
              label: 'PDF',
              content: (
                <DocumentViewer
                  documents={[
                    {
                      id: row.id,
                      name,
                      url: apiUrl(`staff/notices/${row.id}/pdf`),
                      contentType: 'application/pdf',
                    },
                  ]}
                />
              ),
            },
          ]}
        />
      </div>
    </>
  );
}
