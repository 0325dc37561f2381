import { useQuery } from '@tanstack/react-query';
import type { MyNoticesResponse } from '../../../api/contract/index.ts';
import { displayDate } from '../../../domain/procedures/format-dates.ts';
import { ButtonGroup, Card, LinkButton } from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import { api, apiUrl } from '../../lib/index.ts';
import { marked } from '../shared/Marked.tsx';
import { notices as m } from '../texts/notices.ts';

/** The notices of an application that has been decided, to read and to keep. */
export function MyNotices({ applicationId }: { applicationId: string }) {
  const { t, language } = useI18n();
  const { data } = useQuery({
    // Below the application's own key: its live updates load this too.
    queryKey: ['applications', 'one', applicationId, 'notices'],
    queryFn: ({ signal }) =>
      api.get<MyNoticesResponse>(`my/applications/${applicationId}/notices`, { signal }),
  });
  if (!data || data.notices.length === 0) return null;
  return (
    <Card title={t(m.title)}>
      <ul className="flex flex-col gap-6">
        {data.notices.map((notice) => (
          <li key={notice.id} className="flex flex-col gap-3">
            <p>
              <b lang="ja">{notice.label}</b>
              <span className="block">
                <span lang="ja">{notice.number}</span>
                <span className="ml-3">
                  {t(m.issued, { date: marked(displayDate(notice.issuedOn, language)) })}
                </span>
              </span>
            </p>
            <ButtonGroup>
              <LinkButton to={`/applications/${applicationId}/notices/${notice.id}`}>{t(m.open)}</LinkButton>
              <LinkButton
                href={apiUrl(`my/notices/${notice.id}/pdf`, { download: 1 })}
                download
                variant="outline"
                icon="download"
              >
                {t(m.download)}
              </LinkButton>
            </ButtonGroup>
          </li>
        ))}
      </ul>
    </Card>
  );
}
