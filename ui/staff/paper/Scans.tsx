import { useState } from 'react';
import type { FileInfo } from '../../../api/contract/index.ts';
import { certificateGuardian } from '../../../domain/certificate-form/proposals.ts';
import type { Answers, ProcedureDefinition } from '../../../domain/procedures/definition.ts';
import { documentLabel, PAPER_FORM, paperDocuments } from '../../../domain/procedures/paper.ts';
import { DocumentViewer, FileUpload, Select } from '../../components/index.ts';
import type { ViewedDocument } from '../../components/index.ts';
import { acceptedFor, api, apiUrl, uploadFile } from '../../lib/index.ts';

const MAX_BYTES = 20 * 1024 * 1024;

interface ScansProps {
  readonly paperId: string;
  readonly procedure: ProcedureDefinition;
  readonly answers: Answers;
  readonly files: readonly FileInfo[];
  readonly onChange: (files: readonly FileInfo[]) => void;
  readonly onBusyChange: (busy: boolean) => void;
  readonly error: string | undefined;
}

/** The scan to type from, and the place where it and the other papers are handed in (Q12). */
export function Scans(props: ScansProps) {
  const { paperId, procedure, answers, files, onChange } = props;
  const [type, setType] = useState(PAPER_FORM.type);
  const [shown, setShown] = useState<string>();
  const kinds = paperDocuments(procedure, answers);
  // A kind that is not offered any more still holds its files until they are taken away.
  const types = [...new Set([...kinds.map((kind) => kind.type), ...files.map((file) => file.documentType)])];
  const own = files.filter((file) => file.documentType === type);
  const documents: readonly ViewedDocument[] = files.map((file) => ({
    id: file.id,
    name: documentLabel(procedure, file.documentType),
    url: apiUrl(`files/${file.id}`),
    contentType: file.contentType,
    note: file.name,
  }));
  return (
    <div className="flex flex-col gap-4">
      {files.length > 0 && (
        <DocumentViewer
          documents={documents}
          {...(shown === undefined ? {} : { selected: shown })}
          onSelect={setShown}
          heightClass="h-[55dvh] min-h-80 lg:h-[calc(100dvh-24rem)]"
        />
      )}
      <div className="flex flex-col gap-3 rounded-12 border border-solid-gray-420 p-3">
        <Select
          id="paper-document-type"
          label="登録する書類の種類"
          labelSize="sm"
          hideMark
          width="auto"
          value={type}
          onChange={setType}
          options={types.map((one) => {
            const count = files.filter((file) => file.documentType === one).length;
            const label = documentLabel(procedure, one);
            return { value: one, label: count === 0 ? label : `${label}（${count}件登録済み）` };
          })}
        />
        <FileUpload<FileInfo>
          key={type}
          id={`paper-documents-${type}`}
          label={documentLabel(procedure, type)}
          labelSize="sm"
          hideMark
          hint={
            certificateGuardian(type) === undefined
              ? 'スキャンした画像（PDFまたはJPEG）'
              : 'スキャンした画像（PDFまたはJPEG）、またはExcelの証明書'
          }
          camera={false}
          value={[...own]}
          onChange={(next) => {
            const added = next.find((file) => !files.some((one) => one.id === file.id));
            if (added) setShown(added.id);
            onChange([...files.filter((file) => file.documentType !== type), ...next]);
          }}
          onBusyChange={props.onBusyChange}
          error={props.error}
          accept={acceptedFor(type)}
          maxBytes={MAX_BYTES}
          maxFiles={kinds.find((kind) => kind.type === type)?.maxFiles ?? own.length}
          urlOf={(file) => apiUrl(`files/${file.id}`)}
          remove={(file) => api.delete(`files/${file.id}`)}
          upload={(file, options) =>
            uploadFile<FileInfo>('files', file, { ...options, fields: { documentType: type, paperId } })
          }
        />
      </div>
    </div>
  );
}
