import type { FileInfo } from '../../../api/contract/index.ts';
import type { ProcedureDefinition } from '../../../domain/procedures/definition.ts';
import { SummaryList, TextLink } from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import { apiUrl } from '../../lib/index.ts';
import { moment } from '../shared/Marked.tsx';
import { applications as m } from '../texts/applications.ts';

/** Files as links to look at them. */
export function FileLinks({ files }: { files: readonly FileInfo[] }) {
  const { language } = useI18n();
  return (
    <ul className="flex flex-col gap-2">
      {files.map((file) => (
        <li key={file.id}>
          <TextLink href={apiUrl(`files/${file.id}`)} newTab>
            {file.name}
          </TextLink>
          <span className="text-dns-14N-130 block text-solid-gray-700">
            {moment(file.uploadedAt, language)}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** What was handed in, by kind of document. */
export function DocumentsList({
  definition,
  files,
}: {
  definition: ProcedureDefinition;
  files: readonly FileInfo[];
}) {
  const { t } = useI18n();
  const sent = files.filter((file) => file.version !== null);
  const types = [...new Set(sent.map((file) => file.documentType))];
  return (
    <>
      {sent.length === 0 && <p>{t(m.noDocuments)}</p>}
      {sent.length > 0 && (
        <SummaryList
          rows={types.map((type) => {
            const known = definition.documents.find((one) => one.type === type);
            return {
              key: type,
              label: known ? t(known.label) : type,
              value: <FileLinks files={sent.filter((file) => file.documentType === type)} />,
            };
          })}
        />
      )}
    </>
  );
}
