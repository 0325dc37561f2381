import type { StaffApplication } from '../../../api/contract/index.ts';
import { missingDocuments } from '../../../domain/procedures/documents.ts';
import { Button, EmptyState, LinkButton, StatusTag } from '../../components/index.ts';
import { apiUrl, dateInTokyo, formatBytes, formatDate } from '../../lib/index.ts';
import { HintNote } from '../answers/AnswersView.tsx';
import { documentLabel, useOpened } from './context.tsx';

type FileRow = StaffApplication['documents'][number];

/** Every document by its kind, what is missing, which version it came with. */
export function DocumentsTab() {
  const { application, procedure } = useOpened();
  const { documents, answers, hints } = application;
  const types = [...new Set(documents.map((file) => file.documentType))];
  const missing = procedure && answers ? missingDocuments(procedure, answers, types) : [];
  return (
    <div className="flex flex-col gap-6">
      {missing.length > 0 && (
        <section>
          <h2 className="text-std-18B-160 mb-1">未提出の書類</h2>
          <ul className="flex flex-col">
            {missing.map((document_) => (
              <li
                key={document_.type}
                className="flex flex-wrap items-center gap-3 border-b border-solid-gray-300 py-2"
              >
                <StatusTag tone="warning">未提出</StatusTag>
                {document_.label.ja}
                {document_.mayFollow && (
                  <span className="text-solid-gray-700">（申請後の提出でもよい書類）</span>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h2 className="text-std-18B-160 mb-1">提出された書類</h2>
        {documents.length === 0 && <EmptyState title="書類はありません" />}
        {types.map((type) => (
          <div key={type} className="border-b border-solid-gray-300 py-2">
            <h3 className="text-std-16B-170">{documentLabel(procedure, type)}</h3>
            {hints
              .filter((hint) => hint.document === type)
              .map((hint) => (
                <HintNote key={`${hint.code}-${hint.text}`} hint={hint} />
              ))}
            <ul>
              {documents
                .filter((file) => file.documentType === type)
                .toSorted((a, b) => (b.version ?? 0) - (a.version ?? 0))
                .map((file) => (
                  <DocumentRow key={file.id} file={file} />
                ))}
            </ul>
          </div>
        ))}
      </section>
    </div>
  );
}

function DocumentRow({ file }: { file: FileRow }) {
  const { showDocument, shownDocument } = useOpened();
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 py-1">
      <span className="min-w-0 flex-1">
        {file.name}
        <span className="text-dns-14N-130 block text-solid-gray-700">
          {formatDate(dateInTokyo(file.uploadedAt))}提出・{formatBytes(file.size)}
          {file.version !== null && `・第${file.version}版`}
        </span>
      </span>
      {(file.version ?? 1) > 1 && <StatusTag tone="info">追加提出</StatusTag>}
      <Button
        variant="outline"
        size="sm"
        aria-pressed={shownDocument === file.id}
        onClick={() => showDocument(file.id)}
      >
        表示<span className="sr-only">：{file.name}</span>
      </Button>
      <LinkButton href={apiUrl(`files/${file.id}`, { download: 1 })} download variant="text" size="sm">
        保存<span className="sr-only">：{file.name}</span>
      </LinkButton>
    </li>
  );
}
