import { useQuery } from '@tanstack/react-query';
import type { FileInfo, ProposalsResponse } from '../../../api/contract/index.ts';
import { certificateGuardian } from '../../../domain/certificate-form/proposals.ts';
import { askedFields } from '../../../domain/procedures/fields.ts';
import { Button, Loading, NotificationBanner, useAnnounce } from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import { api, XLSX } from '../../lib/index.ts';
import { certificate as m } from '../texts/certificate.ts';
import { answerNode } from './AnswerView.tsx';
import { useDraft } from './draft.tsx';

/** What the newest certificate in Excel's form says, beside the answers; each value is taken over only when it is pressed. */
export function CertificateProposals({ files }: { files: readonly FileInfo[] }) {
  const file = files.findLast(
    (one) => XLSX.mime.includes(one.contentType) && certificateGuardian(one.documentType) !== undefined,
  );
  return file ? <OfFile key={file.id} file={file} /> : null;
}

function OfFile({ file }: { file: FileInfo }) {
  const { t } = useI18n();
  const query = useQuery({
    queryKey: ['certificate', file.id],
    queryFn: ({ signal }) => api.get<ProposalsResponse>(`files/${file.id}/proposals`, { signal }),
    // The file never changes.
    staleTime: Infinity,
  });
  if (query.isPending) return <Loading label={t(m.reading)} />;
  const reading = query.data;
  if (!reading?.readable) return <p role="status">{t(m.nothing)}</p>;
  return <Proposals file={file} reading={reading} />;
}

function Proposals({ file, reading }: { file: FileInfo; reading: ProposalsResponse }) {
  const { t, s, language } = useI18n();
  const draft = useDraft();
  const announce = useAnnounce();
  const title = `proposals-${file.id}`;
  // Taking one value over can call for another question (a job that begins later asks from when).
  const asked = new Map(askedFields(draft.definition, draft.answers).map((field) => [field.code, field]));
  const shown = reading.proposals.flatMap((proposal) => {
    const field = asked.get(proposal.field);
    return field ? [{ proposal, field }] : [];
  });
  const take = (code: string, value: string | number | boolean, name: string) => {
    draft.setTyped({ ...draft.typed, [code]: value });
    void draft.save();
    announce(s(m.used, { name }));
  };
  return (
    <section
      aria-labelledby={title}
      className="measure rounded-12 border border-solid-gray-420 bg-solid-gray-50 p-4"
    >
      <h3 id={title} className="text-std-18B-160">
        {t(m.title)}
      </h3>
      <p className="mt-1 mb-3">{t(m.lead, { name: file.name })}</p>
      <OtherName file={file} reading={reading} />
      {shown.length === 0 && <p>{t(m.nothing)}</p>}
      <ul className="flex flex-col gap-3">
        {shown.map(({ proposal, field }) => {
          const now = draft.answers[field.code];
          const same = now === proposal.value;
          const doubt = proposal.sureness === 'sure' ? undefined : m[proposal.sureness];
          return (
            <li key={field.code} className="rounded-8 border border-solid-gray-300 bg-white p-3">
              <h4 className="font-bold">{t(field.label)}</h4>
              <dl className="my-2 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
                <dt className="text-solid-gray-700">{t(m.read)}</dt>
                <dd>
                  <span className="font-bold">{answerNode(field, proposal.value, language)}</span>
                  <span className="text-dns-14N-130 block text-solid-gray-700">
                    {t(m.where, { item: proposal.item, cell: proposal.cell })}
                  </span>
                </dd>
                <dt className="text-solid-gray-700">{t(m.now)}</dt>
                <dd>{now === undefined ? t(m.none) : answerNode(field, now, language)}</dd>
              </dl>
              {doubt && !same && <p className="mb-2 text-dns-14N-130">{t(doubt)}</p>}
              {same ? (
                <p className="font-bold text-green-900">{t(m.same)}</p>
              ) : (
                <Button
                  variant="outline"
                  size="sm"
                  onClick={() => take(field.code, proposal.value, s(field.label))}
                >
                  {t(m.use)}
                  <span className="sr-only">（{s(field.label)}）</span>
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** A certificate of somebody else is soon attached where two parents file. */
function OtherName({ file, reading }: { file: FileInfo; reading: ProposalsResponse }) {
  const { t } = useI18n();
  const { answers } = useDraft();
  const read = reading.facts.find((fact) => fact.item === '本人氏名')?.value;
  const guardian = certificateGuardian(file.documentType);
  const parts = ['family', 'given'].map((part) => answers[`guardian${String(guardian)}_${part}_name`]);
  const name = parts.filter((part) => typeof part === 'string').join(' ');
  const plain = (text: string) => text.normalize('NFKC').replace(/\s/gu, '');
  if (read === undefined || name === '' || plain(read) === plain(name)) return null;
  return (
    <NotificationBanner tone="warning" title={t(m.otherName, { read, name })} className="mb-3">
      {null}
    </NotificationBanner>
  );
}
