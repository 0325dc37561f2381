import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ChildResponse } from '../../../api/contract/index.ts';
import { Button, DataTable, LoadError, Loading, TextLink } from '../../components/index.ts';
import { api } from '../../lib/index.ts';
import { APPLICATION_COLUMNS } from '../enrolment/ChildPage.tsx';
import { useOpened } from './context.tsx';

/** The child behind this application: the enrolment, and what else was filed for the same child. Fetched when it is opened. */
export function ChildPanel() {
  const [open, setOpen] = useState(false);
  return (
    <section aria-label="この児童の在籍・ほかの申請" className="flex flex-col items-start gap-3">
      <Button variant="outline" size="sm" aria-expanded={open} onClick={() => setOpen(!open)}>
        この児童の在籍・ほかの申請{open ? 'を閉じる' : 'を見る'}
      </Button>
      {open && <Contents />}
    </section>
  );
}

function Contents() {
  const { application } = useOpened();
  const query = useQuery({
    queryKey: ['child', application.id, application.seq],
    queryFn: ({ signal }) => api.get<ChildResponse>(`staff/applications/${application.id}/child`, { signal }),
  });
  if (query.isPending) return <Loading />;
  if (query.isError) return <LoadError error={query.error} onRetry={() => void query.refetch()} />;
  const { enrolments, applications } = query.data;
  return (
    <div className="flex w-full min-w-0 flex-col gap-4">
      {enrolments.length === 0 ? (
        <p>表示できる在籍はありません（決定の通知後に表示されます）。</p>
      ) : (
        <ul className="flex flex-col gap-1">
          {enrolments.map(({ id, fiscalYear, text }) => (
            <li key={id}>
              <TextLink to={`/enrolments/${id}`}>{String(fiscalYear)}年度の在籍</TextLink>：{text}
            </li>
          ))}
        </ul>
      )}
      {applications.length === 0 ? (
        <p>この児童のほかの申請はありません。</p>
      ) : (
        <DataTable
          caption="この児童のほかの申請"
          showCaption
          columns={APPLICATION_COLUMNS}
          rows={applications}
          rowKey={(row) => row.id}
          dense
        />
      )}
    </div>
  );
}
