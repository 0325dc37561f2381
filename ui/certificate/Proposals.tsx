import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { FileInfo, ProposalsResponse } from '../../api/contract/index.ts';
import { certificateGuardian } from '../../domain/certificate-form/proposals.ts';
import type { Answers, AnswerValue, Field } from '../../domain/procedures/definition.ts';
import { Button, Loading, NotificationBanner, useAnnounce } from '../components/index.ts';
import { useI18n } from '../i18n/index.tsx';
import { api, XLSX } from '../lib/index.ts';
import { certificate as m } from './texts.ts';

export interface CertificateProposalsProps {
  readonly files: readonly FileInfo[];
  /** The questions that can be answered here. Taking one value over can call for another (a job that begins later asks from when). */
  readonly fields: readonly Field[];
  /** Questions that are asked but cannot be answered here: a difference is shown and left. */
  readonly others?: readonly Field[];
  readonly answers: Answers;
  /** An answer in words. */
  readonly show: (field: Field, value: AnswerValue | undefined) => ReactNode;
  readonly onTake: (code: string, value: string | number | boolean) => void;
  readonly headingLevel?: 2 | 3;
}

/** What the newest certificate in Excel's form says, beside the answers; each value is taken over only when it is pressed. */
export function CertificateProposals({ files, ...rest }: CertificateProposalsProps) {
  const file = files.findLast(
    (one) => XLSX.mime.includes(one.contentType) && certificateGuardian(one.documentType) !== undefined,
  );
  return file ? <OfFile key={file.id} file={file} {...rest} /> : null;
}

type OfOneFile = Omit<CertificateProposalsProps, 'files'> & { readonly file: FileInfo };

function OfFile(props: OfOneFile) {
  const { file } = props;
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
  return <Proposals {...props} reading={reading} />;
}

function Proposals({
  file,
  reading,
  fields,
  others = [],
  answers,
  show,
  onTake,
  headingLevel = 3,
}: OfOneFile & { readonly reading: ProposalsResponse }) {
  const { t, s } = useI18n();
  const announce = useAnnounce();
  const title = `proposals-${file.id}`;
  const Heading = `h${headingLevel}` as const;
  const Item = `h${(headingLevel + 1) as 3 | 4}` as const;
  const shown = reading.proposals.flatMap((proposal) => {
    const field = fields.find((one) => one.code === proposal.field);
    return field ? [{ proposal, field }] : [];
  });
  const differing = reading.proposals.flatMap((proposal) => {
    const field = others.find((one) => one.code === proposal.field);
    return field && answers[field.code] !== proposal.value ? [{ proposal, field }] : [];
  });
  const take = (field: Field, value: string | number | boolean) => {
    onTake(field.code, value);
    announce(s(m.used, { name: s(field.label) }));
  };
  return (
    <section
      aria-labelledby={title}
      className="measure rounded-12 border border-solid-gray-420 bg-solid-gray-50 p-4"
    >
      <Heading id={title} className="text-std-18B-160">
        {t(m.title)}
      </Heading>
      <p className="mt-1 mb-3 wrap-anywhere">{t(m.lead, { name: file.name })}</p>
      <OtherName file={file} reading={reading} answers={answers} />
      {shown.length + differing.length === 0 && <p>{t(m.nothing)}</p>}
      <ul className="flex flex-col gap-3">
        {shown.map(({ proposal, field }) => {
          const same = answers[field.code] === proposal.value;
          const doubt = proposal.sureness === 'sure' ? undefined : m[proposal.sureness];
          return (
            <li key={field.code} className="rounded-8 border border-solid-gray-300 bg-white p-3">
              <Item className="font-bold">{t(field.label)}</Item>
              <Values proposal={proposal} field={field} now={answers[field.code]} show={show} />
              {doubt && !same && <p className="mb-2 text-dns-14N-130">{t(doubt)}</p>}
              {same ? (
                <p className="font-bold text-green-900">{t(m.same)}</p>
              ) : (
                <Button variant="outline" size="sm" onClick={() => take(field, proposal.value)}>
                  {t(m.use)}
                  <span className="sr-only">（{s(field.label)}）</span>
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      {differing.length > 0 && (
        <div className="mt-4">
          <Item className="font-bold">{t(m.notAsked)}</Item>
          <p className="mb-2">{t(m.notAskedBody)}</p>
          <ul className="flex flex-col gap-2">
            {differing.map(({ proposal, field }) => (
              <li key={field.code} className="border-t border-solid-gray-300 pt-2">
                <p>{t(field.label)}</p>
                <Values proposal={proposal} field={field} now={answers[field.code]} show={show} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

/** What the certificate says beside what has been answered. */
function Values({
  proposal,
  field,
  now,
  show,
}: {
  readonly proposal: ProposalsResponse['proposals'][number];
  readonly field: Field;
  readonly now: AnswerValue | undefined;
  readonly show: CertificateProposalsProps['show'];
}) {
  const { t } = useI18n();
  return (
    <dl className="my-2 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
      <dt className="text-solid-gray-700">{t(m.read)}</dt>
      <dd className="min-w-0 wrap-anywhere">
        <span className="font-bold">{show(field, proposal.value)}</span>
        <span className="text-dns-14N-130 block text-solid-gray-700">
          {t(m.where, { item: proposal.item, cell: proposal.cell })}
        </span>
      </dd>
      <dt className="text-solid-gray-700">{t(m.now)}</dt>
      <dd className="min-w-0 wrap-anywhere">
        {now === undefined || now === null ? t(m.none) : show(field, now)}
      </dd>
    </dl>
  );
}

/** A certificate of somebody else is soon attached where two parents file. */
function OtherName({
  file,
  reading,
  answers,
}: {
  file: FileInfo;
  reading: ProposalsResponse;
  answers: Answers;
}) {
  const { t } = useI18n();
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
