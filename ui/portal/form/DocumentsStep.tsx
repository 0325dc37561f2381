import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import type { FileInfo } from '../../../api/contract/index.ts';
import type { DocumentType } from '../../../domain/procedures/definition.ts';
import { offeredDocuments, requiredDocuments } from '../../../domain/procedures/documents.ts';
import { Button, ErrorSummary, FileUpload, PageTitle } from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import { acceptedFor, api, apiUrl, fieldId, uploadFile, useDocumentTitle } from '../../lib/index.ts';
import { common } from '../texts/common.ts';
import { form as m } from '../texts/form.ts';
import { useFocusOnArrival } from './arrival.ts';
import { CertificateProposals } from './CertificateProposals.tsx';
import { useDraft } from './draft.tsx';
import { Reusable } from './Reusable.tsx';
import { StepFrame } from './StepFrame.tsx';
import { CONFIRM_STEP, DOCUMENTS_STEP, stepAfter } from './steps.ts';

/** The documents that these answers call for, one upload a kind. */
export function DocumentsStep() {
  const { t, s } = useI18n();
  const draft = useDraft();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set());
  const [failures, setFailures] = useState(0);
  const [tried, setTried] = useState(false);
  useFocusOnArrival();

  const required = requiredDocuments(draft.definition, draft.answers);
  const offered = offeredDocuments(draft.definition, draft.answers);
  const needed = offered.filter((document) => required.includes(document));
  const others = offered.filter((document) => !required.includes(document));
  const filesOf = (type: string) => draft.files.filter((file) => file.documentType === type);
  const missing = needed.filter((document) => !document.mayFollow && filesOf(document.type).length === 0);
  const errors = tried
    ? [
        ...missing.map((document) => ({
          fieldId: fieldId(document.type),
          message: t(m.documentMissing, { name: t(document.label) }),
        })),
        ...(busy.size > 0 ? [{ message: t(m.uploadsRunning) }] : []),
      ]
    : [];
  useDocumentTitle(`${s(m.documents)}｜${s(draft.definition.name)}`, {
    hasErrors: errors.length > 0,
    errorWord: s(common.errorWord),
  });

  const next = async () => {
    if (missing.length > 0 || busy.size > 0) {
      setTried(true);
      setFailures((count) => count + 1);
      return;
    }
    void draft.save(DOCUMENTS_STEP);
    const after = stepAfter(draft.steps, DOCUMENTS_STEP)?.id ?? CONFIRM_STEP;
    await navigate(
      search.get('from') === CONFIRM_STEP
        ? draft.checkPath
        : after === CONFIRM_STEP
          ? draft.endPath
          : `/drafts/${draft.id}/${after}`,
    );
  };
  const markBusy = (type: string, isBusy: boolean) =>
    setBusy((before) => {
      const now = new Set(before);
      if (isBusy) now.add(type);
      else now.delete(type);
      return now;
    });
  const upload = (document: DocumentType) => (
    <div key={document.type} className="flex flex-col gap-4">
      <FileUpload<FileInfo>
        id={fieldId(document.type)}
        label={t(document.label)}
        required={required.includes(document)}
        hint={
          <>
            {document.hint && <div>{t(document.hint)}</div>}
            {required.includes(document) && document.mayFollow && <div>{t(m.mayFollow)}</div>}
          </>
        }
        error={
          tried && missing.includes(document) ? t(m.documentMissing, { name: t(document.label) }) : undefined
        }
        className="measure"
        value={filesOf(document.type)}
        onChange={(files) => draft.setFiles(document.type, files)}
        upload={(file, options) =>
          uploadFile<FileInfo>('files', file, {
            ...options,
            fields: { documentType: document.type, draftId: draft.id },
          })
        }
        remove={(file) => api.delete(`files/${file.id}`)}
        urlOf={(file) => apiUrl(`files/${file.id}`)}
        maxFiles={document.maxFiles}
        accept={acceptedFor(document.type)}
        onBusyChange={(isBusy) => markBusy(document.type, isBusy)}
      />
      <CertificateProposals files={filesOf(document.type)} />
    </div>
  );
  return (
    <StepFrame step={DOCUMENTS_STEP}>
      <ErrorSummary errors={errors} focusKey={failures} />
      <PageTitle lead={<p>{needed.length === 0 ? t(m.documentsNone) : t(m.documentsLead)}</p>}>
        {t(m.documents)}
      </PageTitle>
      <div className="flex flex-col gap-12">
        <Reusable offered={offered} />
        {needed.length > 0 && (
          <section className="flex flex-col gap-8">
            <h2 className="text-std-22B-150">{t(m.neededDocuments)}</h2>
            {needed.map(upload)}
          </section>
        )}
        {others.length > 0 && (
          <section className="flex flex-col gap-8">
            <h2 className="text-std-22B-150">{t(m.otherDocuments)}</h2>
            {others.map(upload)}
          </section>
        )}
        <div>
          <Button size="lg" onClick={() => void next()} className="w-full sm:w-auto">
            {t(common.next)}
          </Button>
        </div>
      </div>
    </StepFrame>
  );
}
