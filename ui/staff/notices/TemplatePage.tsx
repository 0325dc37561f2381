import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import type { TemplateResponse } from '../../../api/contract/index.ts';
import {
  BackLink,
  Disclosure,
  LoadError,
  Loading,
  Main,
  NotificationBanner,
  PageTitle,
} from '../../components/index.ts';
import { api, formatDateTime, useDocumentTitle } from '../../lib/index.ts';
import { personName } from '../lib/people.ts';
import { TemplateEditor } from './TemplateEditor.tsx';

/** One template: edited by the ward, looked at by the leader; a sample beside it, what stood there before below. */
export function Component() {
  const { kind = '' } = useParams();
  const query = useQuery({
    queryKey: ['notice-template', kind],
    queryFn: ({ signal }) => api.get<TemplateResponse>(`staff/notice-templates/${kind}`, { signal }),
    // What is being edited does not change under the hands; saving tells where somebody else was faster.
    refetchOnWindowFocus: false,
    staleTime: Infinity,
  });
  useDocumentTitle(query.data ? `${query.data.label}の文面` : '通知書の文面');
  if (query.isPending) return <Loading />;
  return (
    <Main wide>
      <BackLink to="/notices/templates">通知書の文面</BackLink>
      {query.isError ? (
        <LoadError error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <>
          <PageTitle>{query.data.label}の文面</PageTitle>
          {query.data.history[0]?.isDefault === true && (
            <NotificationBanner tone="warning" title="既定の文面です" className="mb-6">
              <p>区が定めた文面に置き換えてください。</p>
            </NotificationBanner>
          )}
          <TemplateEditor key={query.data.version} setting={query.data} />
          <History history={query.data.history} />
        </>
      )}
    </Main>
  );
}

function History({ history }: { history: TemplateResponse['history'] }) {
  return (
    <section className="mt-10" aria-labelledby="history-title">
      <h2 id="history-title" className="text-std-20B-160 mb-3">
        変更の履歴
      </h2>
      <ul className="flex flex-col gap-2">
        {history.map((edition) => (
          <li key={edition.version}>
            <Disclosure
              summary={`第${edition.version}版　${formatDateTime(edition.changedAt)}　${
                edition.changedBy ? personName(edition.changedBy) : '既定'
              }　${edition.note}`}
            >
              <div className="rounded-8 border border-solid-gray-420 p-4">
                <p className="text-std-18B-160">{edition.template.title}</p>
                <p>{edition.template.number}</p>
                {[...edition.template.opening].map((text) => (
                  <p key={text}>{text}</p>
                ))}
                <ul className="my-2 list-disc pl-6">
                  {edition.template.rows.map((row) => (
                    <li key={row.label}>
                      {row.label}：{row.value}
                    </li>
                  ))}
                </ul>
                {[
                  ...edition.template.closing,
                  ...edition.template.objection.text,
                  ...edition.template.sender,
                ].map((text) => (
                  <p key={text}>{text}</p>
                ))}
              </div>
            </Disclosure>
          </li>
        ))}
      </ul>
    </section>
  );
}
