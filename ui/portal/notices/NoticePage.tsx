import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import type { NoticeView } from '../../../api/contract/index.ts';
import { BackLink, LinkButton, LoadError, Loading, NoticeSheet, PageTitle } from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import { api, ApiProblem, apiUrl, useDocumentTitle } from '../../lib/index.ts';
import { Component as NotFound } from '../NotFoundPage.tsx';
import { notices as m } from '../texts/notices.ts';

/** One's own notice, as the ward issued it. */
export function Component() {
  const { id = '', noticeId = '' } = useParams();
  const { t } = useI18n();
  const { data, error, refetch } = useQuery({
    queryKey: ['my-notice', noticeId],
    queryFn: ({ signal }) => api.get<NoticeView>(`my/notices/${noticeId}`, { signal }),
  });
  useDocumentTitle(data?.label ?? '');
  if (!data && error instanceof ApiProblem && (error.isNotFound || error.status === 400)) return <NotFound />;
  if (!data && error) return <LoadError error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  return (
    <div className="flex max-w-4xl flex-col gap-6">
      <div>
        <BackLink to={`/applications/${id}`}>{t(m.back)}</BackLink>
        <PageTitle>
          <span lang="ja">{data.label}</span>
        </PageTitle>
        <p className="measure">{t(m.inJapanese)}</p>
      </div>
      <div className="no-print">
        <LinkButton href={apiUrl(`my/notices/${noticeId}/pdf`, { download: 1 })} download icon="download">
          {t(m.download)}
        </LinkButton>
      </div>
      <NoticeSheet view={data} />
    </div>
  );
}
