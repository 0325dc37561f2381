import type { FileInfo } from '../../../api/contract/index.ts';
import type { Answers, ProcedureDefinition } from '../../../domain/procedures/definition.ts';
import { offeredDocuments, requiredDocuments } from '../../../domain/procedures/documents.ts';
import { SummaryList, TextLink } from '../../components/index.ts';
import type { SummaryRow } from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import { apiUrl } from '../../lib/index.ts';
import { form as m } from '../texts/form.ts';

export interface DocumentRowsProps {
  readonly definition: ProcedureDefinition;
  readonly answers: Answers;
  readonly files: readonly FileInfo[];
  readonly changeTo: (documentType: string) => string;
  readonly headingLevel?: 2 | 3 | 4;
}

/** The documents to look over before filing: what is needed or attached. Nothing where none can be attached. */
export function DocumentRows({ definition, answers, files, changeTo, headingLevel = 2 }: DocumentRowsProps) {
  const { t, s } = useI18n();
  const offered = offeredDocuments(definition, answers);
  if (offered.length === 0) return null;
  const required = requiredDocuments(definition, answers);
  const filesOf = (type: string) => files.filter((file) => file.documentType === type);
  const listed = offered.filter((one) => required.includes(one) || filesOf(one.type).length > 0);
  const rows =
    listed.length === 0
      ? [
          {
            key: '',
            label: t(m.documents),
            value: t(m.noneAttached),
            change: { to: changeTo(''), what: s(m.documents) },
          },
        ]
      : listed.map(({ type, label }): SummaryRow => ({
          key: type,
          label: t(label),
          value: filesOf(type).length === 0 ? t(m.notYet) : <Files files={filesOf(type)} />,
          change: { to: changeTo(type), what: s(label) },
        }));
  return <SummaryList title={t(m.documents)} headingLevel={headingLevel} rows={rows} />;
}

function Files({ files }: { files: readonly FileInfo[] }) {
  return (
    <ul>
      {files.map((file) => (
        <li key={file.id}>
          <TextLink href={apiUrl(`files/${file.id}`)} newTab>
            {file.name}
          </TextLink>
        </li>
      ))}
    </ul>
  );
}
