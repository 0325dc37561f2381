import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { AnswerRequest, MyActionResponse, MyItem } from '../../../api/contract/index.ts';
import { fieldOf } from '../../../domain/procedures/fields.ts';
import {
  BackLink,
  Button,
  Checkbox,
  ErrorSummary,
  Loading,
  NotificationBanner,
  PageTitle,
  SummaryList,
} from '../../components/index.ts';
import type { SummaryRow } from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import { api, ApiProblem, useDocumentTitle } from '../../lib/index.ts';
import { answerNode } from '../form/AnswerView.tsx';
import { contentId } from '../shared/ids.ts';
import { problemText } from '../shared/problems.ts';
import { answer as m } from '../texts/applications.ts';
import { common } from '../texts/common.ts';
import { form as f } from '../texts/form.ts';
import {
  answersWith,
  changesOf,
  documentsOf,
  fieldsToShow,
  filesFor,
  targetsOf,
  typedFor,
} from './answering.ts';
import { useAnswer } from './answer-state.tsx';
import { FileLinks } from './Documents.tsx';
import { NothingToAnswer } from './NothingToAnswer.tsx';

interface Trouble {
  readonly message: string;
  readonly fieldId?: string;
}

/** Without an answer, or with one that says so, nobody knows whether it was taken. */
function mayHaveArrived(error: unknown): boolean {
  return error instanceof ApiProblem && (error.isNetwork || error.status >= 500);
}

/** What will be sent, beside what was sent before, and the button that sends it. */
export function Component() {
  const i18n = useI18n();
  const { t, s } = i18n;
  const answer = useAnswer();
  const { application, definition, before, open, ready, entries, files } = answer;
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [trouble, setTrouble] = useState<readonly Trouble[]>([]);
  const [failures, setFailures] = useState(0);
  const [busy, setBusy] = useState(false);
  const [sameAsBefore, setSameAsBefore] = useState(false);
  const [confirmed, setConfirmed] = useState(false);
  // Sent, but not known to have arrived: this is sent again, whatever the page has heard since.
  const [pending, setPending] = useState<AnswerRequest>();
  const resent = useRef<string>(undefined);
  const base = `/applications/${application.id}/answer`;
  useDocumentTitle(s(m.checkTitle), { hasErrors: trouble.length > 0, errorWord: s(common.errorWord) });
  const { request } = application;
  const now = answersWith(definition, ready, before, typedFor(ready, entries));
  const own = filesFor(ready, files);
  const fail = (found: readonly Trouble[]) => {
    setTrouble(found);
    setFailures((count) => count + 1);
  };
  const compose = async (requestId: string): Promise<AnswerRequest> => {
    const content = {
      items: ready.map((item) => item.id),
      changes: changesOf(definition, before, now) as NonNullable<AnswerRequest['changes']>,
      files: own.map((file) => ({ documentType: file.documentType, fileId: file.id })),
    };
    return {
      ...content,
      // The same answer has the same id, after a reload too: sending it again is harmless.
      answerId: await contentId(requestId, content),
      confirmUnchanged: confirmed || ready.some((item) => entries[item.id]?.unchanged === true),
    };
  };
  const send = async () => {
    if (busy || !request) return;
    if (!pending && ready.length === 0) {
      fail([{ message: s(m.noneReady) }]);
      return;
    }
    if (sameAsBefore && !confirmed) {
      fail([{ message: s(m.unchangedTick), fieldId: 'same-as-before' }]);
      return;
    }
    await post(pending ?? (await compose(request.id)));
  };
  const post = async (body: AnswerRequest) => {
    setBusy(true);
    setTrouble([]);
    try {
      await api.post<MyActionResponse>(`my/applications/${application.id}/answers`, body, {
        timeout: 60_000,
      });
      answer.forget('all');
      // The confirmation says what is still open: that has to be the newest.
      await queryClient.invalidateQueries({ queryKey: ['applications'] }).catch(() => undefined);
      await navigate(`${base}/done`, { replace: true });
    } catch (error) {
      setPending(mayHaveArrived(error) ? body : undefined);
      setBusy(false);
      refuse(error);
    }
  };
  const refuse = (error: unknown) => {
    const errors = error instanceof ApiProblem ? error.errors : [];
    const code = error instanceof ApiProblem ? error.code : '';
    if (code === 'unchanged') {
      setSameAsBefore(true);
      fail([{ message: s(m.unchangedTick), fieldId: 'same-as-before' }]);
      return;
    }
    if (code === 'fileGone') answer.forget('files');
    // What is asked for may have changed meanwhile.
    if (!(error instanceof ApiProblem && error.isNetwork)) {
      void queryClient.invalidateQueries({ queryKey: ['applications'] });
    }
    if (code === 'fileGone') fail([{ message: s(f.filesGone) }]);
    else if (errors.length > 0) fail(errors.map(({ message }) => ({ message })));
    else fail([{ message: problemText(error, i18n) }]);
  };
  // The live news may say that it has arrived after all: asking once more tells.
  const arrived = pending?.items.every((id) => !open.some((item) => item.id === id)) === true;
  const resend = useEffectEvent(() => {
    if (!pending || resent.current === pending.answerId) return;
    resent.current = pending.answerId;
    void post(pending);
  });
  useEffect(() => {
    if (arrived && !busy) resend();
  }, [arrived, busy]);
  if (busy && open.length === 0) return <Loading />;
  if (!request || open.length === 0) return <NothingToAnswer />;

  const remaining = open.length - ready.length;
  return (
    <div className="max-w-4xl">
      <BackLink to={base} />
      <ErrorSummary errors={trouble} focusKey={failures} />
      <PageTitle lead={<p>{t(m.checkLead)}</p>}>{t(m.checkTitle)}</PageTitle>
      {ready.map((item) => (
        <SummaryList key={item.id} title={t(item.label)} rows={rowsOf(item)} />
      ))}
      {remaining > 0 && (
        <NotificationBanner
          tone="info"
          title={t(m.remainTitle, { count: remaining })}
          className="measure mb-8"
        >
          <p>{t(m.remainBody)}</p>
        </NotificationBanner>
      )}
      {sameAsBefore && (
        <NotificationBanner tone="warning" title={t(m.unchangedTitle)} announce className="measure mb-8">
          <p>{t(m.unchangedBody)}</p>
          <Checkbox
            id="same-as-before"
            label={t(m.unchangedBox)}
            boxed
            value={confirmed}
            onChange={setConfirmed}
            error={
              trouble.some((one) => one.fieldId === 'same-as-before') && !confirmed
                ? t(m.unchangedTick)
                : undefined
            }
          />
        </NotificationBanner>
      )}
      <div className="measure flex flex-col gap-3">
        <Button size="lg" busy={busy} onClick={() => void send()} className="w-full sm:w-auto sm:self-start">
          {t(m.send)}
        </Button>
        <p className="text-dns-16N-130 text-solid-gray-700">{t(m.sendHarmless)}</p>
      </div>
    </div>
  );

  function rowsOf(item: MyItem): SummaryRow[] {
    const { language } = i18n;
    const change = (what: string) => ({ change: { to: `${base}/items/${item.id}?from=check`, what } });
    const others = ready.filter((one) => one.id !== item.id);
    const without = answersWith(definition, others, before, typedFor(others, entries));
    const targeted = targetsOf(item).flatMap((target) => (target.kind === 'field' ? [target.code] : []));
    const dropped = targeted.flatMap((code) => fieldOf(definition, code) ?? []);
    const fields = new Set([...fieldsToShow(definition, item, without, now), ...dropped]);
    const changes = changesOf(definition, before, now);
    return [
      ...[...fields].map((field): SummaryRow => {
        const value = (answers: typeof before) => answerNode(field, answers[field.code], language);
        const old = value(before);
        return {
          key: field.code,
          label: t(field.label),
          value: value(now),
          note: (
            <span className="text-dns-16N-130 text-solid-gray-700">
              {Object.hasOwn(changes, field.code)
                ? t(m.valueBefore, { value: old === '' ? t(m.beforeNone) : old })
                : t(m.unchangedMark)}
            </span>
          ),
          ...change(s(field.label)),
        };
      }),
      ...documentsOf(definition, item).map((document): SummaryRow => {
        const added = own.filter((file) => file.documentType === document.type);
        return {
          key: document.type,
          label: t(document.label),
          value: added.length === 0 ? t(m.noFileMark) : <FileLinks files={added} />,
          ...change(s(document.label)),
        };
      }),
    ];
  }
}
