import { useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import type { FileInfo, MyItem } from '../../../api/contract/index.ts';
import { askedFields, fieldOf } from '../../../domain/procedures/fields.ts';
import { CertificateProposals } from '../../certificate/Proposals.tsx';
import {
  BackLink,
  Button,
  Card,
  Checkbox,
  DescriptionList,
  ErrorSummary,
  FileUpload,
  LinkButton,
  NotificationBanner,
  PageTitle,
} from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import { acceptedFor, api, apiUrl, fieldId, uploadFile, useDocumentTitle, useForm } from '../../lib/index.ts';
import { answerNode } from '../form/AnswerView.tsx';
import type { Bind } from '../form/FieldControl.tsx';
import { Questions } from '../form/Questions.tsx';
import type { Typed } from '../form/steps.ts';
import { Written } from '../reading/Written.tsx';
import { marked } from '../shared/Marked.tsx';
import { answer as m } from '../texts/applications.ts';
import { common } from '../texts/common.ts';
import { answersWith, documentsOf, fieldsToShow, itemErrors, leavesAll, typedFor } from './answering.ts';
import { useAnswer } from './answer-state.tsx';
import { FileLinks } from './Documents.tsx';

/** Where the form holds "it is right as it was"; no code of a field begins so. */
const UNCHANGED = '_unchanged';
const UPLOADS = '_uploads';

/** One item: what is wrong, what was sent before, and what to send now. */
export function Component() {
  const { itemId = '' } = useParams();
  const { open } = useAnswer();
  const item = open.find((one) => one.id === itemId);
  return item ? <Item key={item.id} item={item} /> : <Gone />;
}

function Gone() {
  const { t, s } = useI18n();
  const { application } = useAnswer();
  useDocumentTitle(s(m.itemGone));
  return (
    <div className="measure">
      <PageTitle>{t(m.itemGone)}</PageTitle>
      <LinkButton to={`/applications/${application.id}/answer`}>{t(m.toOverview)}</LinkButton>
    </div>
  );
}

function Item({ item }: { item: MyItem }) {
  const { t, s, language } = useI18n();
  const {
    application,
    definition,
    before,
    open,
    ready,
    entries,
    files,
    today,
    fiscalYears,
    setEntry,
    setFiles,
  } = useAnswer();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set());
  const [warned, setWarned] = useState(false);
  const base = `/applications/${application.id}/answer`;
  const back = search.get('from') === 'check' ? `${base}/check` : base;
  const others = ready.filter((one) => one.id !== item.id);
  const without = answersWith(definition, others, before, typedFor(others, entries));

  const read = (typed: Typed) => {
    const now = answersWith(definition, [...others, item], before, {
      ...typedFor(others, entries),
      ...typed,
    });
    return { now, fields: fieldsToShow(definition, item, without, now) };
  };
  const own = (typed: Typed): Typed =>
    Object.fromEntries(read(typed).fields.map(({ code }) => [code, typed[code] ?? null]));
  const unchanged = (typed: Typed) => leavesAll(definition, item, without, own(typed), files);

  const form = useForm<Typed>({
    initial: { ...without, ...entries[item.id]?.values, [UNCHANGED]: entries[item.id]?.unchanged ?? false },
    validate: (typed) => {
      const { now, fields } = read(typed);
      const errors = itemErrors(definition, fields, without, typed, now, language, { today, fiscalYears });
      const asked = warned && unchanged(typed) && typed[UNCHANGED] !== true;
      return {
        ...errors,
        ...(busy.size > 0 && { [UPLOADS]: s(m.stillUploading) }),
        ...(asked && { [UNCHANGED]: s(m.unchangedTick) }),
      };
    },
    onSubmit: async (typed) => {
      const same = unchanged(typed);
      if (same && typed[UNCHANGED] !== true) {
        setWarned(true);
        requestAnimationFrame(() => document.getElementById('same')?.focus());
        return;
      }
      setEntry(item.id, { values: own(typed), unchanged: same });
      await navigate(back);
    },
  });
  const { now, fields } = read(form.values);
  const showSame = unchanged(form.values) && (warned || entries[item.id]?.unchanged === true);
  const title = s(item.label);
  useDocumentTitle(title, { hasErrors: form.summary.length > 0, errorWord: s(common.errorWord) });

  const bind: Bind = (path) => form.field(path);
  const markBusy = (type: string, isBusy: boolean) =>
    setBusy((was) => new Set([...was].filter((one) => one !== type).concat(isBusy ? [type] : [])));
  return (
    <div className="measure flex flex-col gap-8">
      <div>
        <BackLink to={back} />
        <ErrorSummary
          errors={form.summary.map(({ fieldId: to, message }) => ({
            message: marked(message),
            ...(to === undefined || to === fieldId(UPLOADS) ? {} : { fieldId: to }),
          }))}
          focusKey={form.failures}
        />
        <PageTitle caption={t(m.itemOf, { current: open.indexOf(item) + 1, total: open.length })}>
          {t(item.label)}
        </PageTitle>
        <Card title={t(m.wrong)} tone="warning">
          <p>{t(item.reason)}</p>
          {item.note !== null && item.note !== '' && (
            <div className="mt-4">
              <h3 className="text-std-16B-170">{t(m.note)}</h3>
              <p className="whitespace-pre-wrap">
                <Written text={item.note} />
              </p>
            </div>
          )}
        </Card>
      </div>
      <Before item={item} />
      <form noValidate onSubmit={(event) => void form.submit(event)} className="flex flex-col gap-8">
        <h2 className="text-std-22B-150">{t(m.now)}</h2>
        <Questions fields={fields} answers={now} bind={bind} fiscalYears={fiscalYears} />
        {documentsOf(definition, item).map((document) => (
          <div key={document.type} className="flex flex-col gap-4">
            <FileUpload<FileInfo>
              id={fieldId(document.type)}
              label={t(m.newFiles, { name: t(document.label) })}
              hideMark
              {...(document.hint ? { hint: t(document.hint) } : {})}
              className="measure"
              value={files.filter((file) => file.documentType === document.type)}
              onChange={(next) => setFiles(document.type, next)}
              upload={(file, options) =>
                uploadFile<FileInfo>('files', file, {
                  ...options,
                  fields: { documentType: document.type, applicationId: application.id },
                })
              }
              remove={(file) => api.delete(`files/${file.id}`)}
              urlOf={(file) => apiUrl(`files/${file.id}`)}
              accept={acceptedFor(document.type)}
              maxFiles={document.maxFiles}
              onBusyChange={(isBusy) => markBusy(document.type, isBusy)}
            />
            <CertificateProposals
              files={files.filter((file) => file.documentType === document.type)}
              fields={fields}
              others={askedFields(definition, now).filter((field) => !fields.includes(field))}
              answers={now}
              show={(field, value) => answerNode(field, value, language)}
              onTake={(code, value) => form.setValue(code, value)}
            />
          </div>
        ))}
        <div id="same" tabIndex={-1}>
          {showSame && (
            <NotificationBanner
              tone="warning"
              title={t(fields.length === 0 ? m.noFileTitle : m.unchangedTitle)}
              announce
            >
              <p>{t(fields.length === 0 ? m.noFileBody : m.unchangedBody)}</p>
              <Checkbox
                {...form.field(UNCHANGED)}
                value={form.values[UNCHANGED] === true}
                label={t(fields.length === 0 ? m.noFileBox : m.unchangedBox)}
                boxed
              />
            </NotificationBanner>
          )}
        </div>
        <div>
          <Button type="submit" size="lg" busy={form.submitting} className="w-full sm:w-auto">
            {t(m.keepItem)}
          </Button>
        </div>
      </form>
    </div>
  );
}

/** What was sent before, of what this item asks about. */
function Before({ item }: { item: MyItem }) {
  const { t, language } = useI18n();
  const { definition, before } = useAnswer();
  const rows = item.targets.flatMap((target) => {
    if (target.kind === 'field') {
      const field = fieldOf(definition, target.code);
      if (!field) return [];
      const shown = answerNode(field, before[field.code], language);
      return [{ key: field.code, term: t(field.label), description: shown === '' ? t(m.beforeNone) : shown }];
    }
    const document = definition.documents.find((one) => one.type === target.type);
    const sent = target.files.filter((file) => file.version !== null);
    const shown = sent.length === 0 ? t(m.filesNone) : <FileLinks files={sent} />;
    return [{ key: target.type, term: document ? t(document.label) : target.type, description: shown }];
  });
  if (rows.length === 0) return null;
  return (
    <section>
      <h2 className="text-std-22B-150 mb-3">{t(m.before)}</h2>
      <DescriptionList items={rows} />
    </section>
  );
}
