import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FileInfo, ReusableResponse } from '../../../api/contract/index.ts';
import type { DocumentType } from '../../../domain/procedures/definition.ts';
import { displayDate } from '../../../domain/procedures/format-dates.ts';
import { procedureOf } from '../../../domain/procedures/registry.ts';
import { Button, Card, NotificationBanner, TextLink, useAnnounce } from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import { api, apiUrl } from '../../lib/index.ts';
import { marked } from '../shared/Marked.tsx';
import { problemText } from '../shared/problems.ts';
import { together as m } from '../texts/together.ts';
import { useDraft } from './draft.tsx';

/** Documents of the family that need not be photographed again; nothing where there are none (or they cannot be asked for now). */
export function Reusable({ offered }: { offered: readonly DocumentType[] }) {
  const i18n = useI18n();
  const { t, s, language } = i18n;
  const draft = useDraft();
  const announce = useAnnounce();
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set());
  const [problem, setProblem] = useState<string>();
  const { data } = useQuery({
    queryKey: ['reusable', draft.id],
    queryFn: async ({ signal }) => {
      // The server goes by the saved draft: whose child it is, which filing.
      await draft.save();
      return api.get<ReusableResponse>('my/documents', {
        query: { procedure: draft.definition.code, draft: draft.id },
        signal,
      });
    },
    gcTime: 0,
  });
  const there = new Set(draft.files.map((file) => file.documentType));
  const found = (data?.documents ?? []).flatMap((one) => {
    const document = offered.find(({ type }) => type === one.documentType);
    return document && !there.has(one.documentType) ? [{ ...one, document }] : [];
  });
  if (!data || found.length === 0) return null;

  const use = async (ones: typeof found) => {
    if (busy.size > 0) return;
    setBusy(new Set(ones.map((one) => one.documentType)));
    setProblem(undefined);
    try {
      for (const { documentType, files } of ones) {
        const copies: FileInfo[] = [];
        for (const { id } of files)
          copies.push(await api.post<FileInfo>(`files/${id}/copy`, { draftId: draft.id, documentType }));
        draft.setFiles(documentType, copies);
      }
      announce(s(m.reused));
    } catch (error) {
      setProblem(problemText(error, i18n));
    } finally {
      setBusy(new Set());
    }
  };
  return (
    <Card title={t(m.reuseTitle)} tone="info" headingLevel={2}>
      <div className="flex flex-col gap-4">
        <p>{t(m.reuseLead, { months: data.maxAgeMonths })}</p>
        {problem !== undefined && <NotificationBanner tone="error" title={problem} announce />}
        <ul className="flex flex-col gap-4">
          {found.map((one) => {
            const name = procedureOf(one.procedure)?.name;
            return (
              <li
                key={one.documentType}
                className="flex flex-col gap-2 border-l-4 border-solid-gray-300 pl-3"
              >
                <b>{t(one.document.label)}</b>
                <p>
                  {t(m.reuseFrom, {
                    child: one.childName,
                    procedure: name ? t(name) : '',
                    date: marked(displayDate(one.handedInOn, language)),
                    files: one.files.map((file, index) => (
                      <span key={file.id}>
                        {index > 0 && '、'}
                        <TextLink href={apiUrl(`files/${file.id}`)} newTab>
                          {file.name}
                        </TextLink>
                      </span>
                    )),
                  })}
                </p>
                <div>
                  <Button
                    variant="outline"
                    size="sm"
                    busy={busy.has(one.documentType)}
                    onClick={() => void use([one])}
                  >
                    {t(m.reuseOne)}
                    <span className="sr-only">（{s(one.document.label)}）</span>
                  </Button>
                </div>
              </li>
            );
          })}
        </ul>
        {found.length > 1 && (
          <div>
            <Button busy={busy.size > 0} onClick={() => void use(found)}>
              {t(m.reuseAll, { count: found.length })}
            </Button>
          </div>
        )}
      </div>
    </Card>
  );
}
