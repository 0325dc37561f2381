import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useParams } from 'react-router';
import type { StaffApplication } from '../../../api/contract/index.ts';
import { procedureOf } from '../../../domain/procedures/registry.ts';
import { STAGE_LABELS } from '../../../domain/texts/application.ts';
import {
  BackLink,
  Button,
  DescriptionList,
  LoadError,
  Loading,
  Main,
  NotificationBanner,
} from '../../components/index.ts';
import { api, dateInTokyo, formatDate, formatDateTime, useDocumentTitle } from '../../lib/index.ts';
import { AnswersView } from '../answers/AnswersView.tsx';
import { changesOf } from '../answers/changes.ts';
import { useAccount } from '../layout/session.tsx';
import { documentLabel } from './context.tsx';

/** The answers on paper: all sections, the documents by name, who printed it and when. */
export function Component() {
  const { id = '' } = useParams();
  const query = useQuery({
    queryKey: ['application', id],
    queryFn: ({ signal }) => api.get<StaffApplication>(`staff/applications/${id}`, { signal }),
  });
  if (query.isPending) return <Loading />;
  return (
    <Main>
      <BackLink to={`/applications/${id}`}>申請へ戻る</BackLink>
      {query.data ? (
        <Sheet application={query.data} />
      ) : (
        <LoadError error={query.error} onRetry={() => void query.refetch()} />
      )}
    </Main>
  );
}

function Sheet({ application }: { application: StaffApplication }) {
  const account = useAccount();
  const procedure = procedureOf(application.procedure);
  const changes = useMemo(() => changesOf(application.versions), [application.versions]);
  useDocumentTitle(`申請内容 ${application.receiptNumber}`);
  return (
    <article className="text-dns-16N-130">
      <div className="mb-4 flex flex-wrap items-start justify-between gap-4">
        <h1 tabIndex={-1} className="text-std-24B-150">
          {procedure?.name.ja ?? application.procedure}　{application.receiptNumber}
        </h1>
        <div className="no-print">
          <Button icon="print" disabled={!application.answers} onClick={() => window.print()}>
            印刷する
          </Button>
        </div>
      </div>
      <DescriptionList
        columns={3}
        items={[
          { term: '受付日時', description: formatDateTime(application.receivedAt) },
          { term: '新BOP', description: `${application.bop.name}（${application.bop.hallName}）` },
          { term: '状態', description: STAGE_LABELS[application.stage] },
          { term: 'データの版', description: `第${application.dataVersion}版` },
          { term: '印刷した人', description: account.name },
          { term: '印刷日時', description: formatDateTime(new Date().toISOString()) },
        ]}
      />
      <div className="mt-6">
        {application.answers && procedure ? (
          <AnswersView procedure={procedure} answers={application.answers} changes={changes} />
        ) : (
          <NotificationBanner tone="warning" title="申請内容を一時的に読み込めません">
            <p>しばらくしてから、もう一度開いてください。</p>
          </NotificationBanner>
        )}
      </div>
      <section className="print-whole mt-6">
        <h2 className="text-std-18B-160 mb-1">添付書類</h2>
        {application.documents.length === 0 ? (
          <p>なし</p>
        ) : (
          <ul className="border-t border-solid-gray-420">
            {application.documents.map((file) => (
              <li key={file.id} className="border-b border-solid-gray-300 py-1.5">
                {documentLabel(procedure, file.documentType)}：{file.name}（
                {formatDate(dateInTokyo(file.uploadedAt))}提出）
              </li>
            ))}
          </ul>
        )}
      </section>
    </article>
  );
}
