import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useParams } from 'react-router';
import type { PaperEntryView } from '../../../api/contract/index.ts';
import { PAPER_WAY_LABELS } from '../../../domain/intake/paper.ts';
import { procedureOf } from '../../../domain/procedures/registry.ts';
import {
  BackLink,
  Button,
  ConfirmationPanel,
  DescriptionList,
  LinkButton,
  LoadError,
  Loading,
  Main,
  NotificationBanner,
  PageTitle,
  useToast,
} from '../../components/index.ts';
import { api, formatDate, formatDateTime, problemMessage, useDocumentTitle } from '../../lib/index.ts';
import { personName } from '../lib/people.ts';
import { Entering } from './Entering.tsx';

/** One paper application: while it is entered, the scan beside the form; afterwards what became of it. */
export function Component() {
  const { id = '' } = useParams();
  const client = useQueryClient();
  const key = ['paper', id];
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.get<PaperEntryView>(`staff/paper-applications/${id}`, { signal }),
    // What is being typed here is newer than what the server would give.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  if (query.isPending) return <Loading />;
  if (!query.data) {
    return (
      <Main>
        <BackLink to="/paper">紙の申請の一覧へ戻る</BackLink>
        <LoadError error={query.error} onRetry={() => void query.refetch()} />
      </Main>
    );
  }
  const entry = query.data;
  const show = (next: PaperEntryView) => client.setQueryData(key, next);
  const reload = () => void client.resetQueries({ queryKey: key });
  if (entry.state === 'submitted') return <Submitted entry={entry} />;
  return (
    <Main wide>
      <BackLink to="/paper">紙の申請の一覧へ戻る</BackLink>
      <Head entry={entry} />
      {entry.state === 'discarded' ? (
        <NotificationBanner tone="info" title="この紙の申請の入力は取りやめました">
          <p className="whitespace-pre-wrap">理由：{entry.discardReason}</p>
        </NotificationBanner>
      ) : entry.mine ? (
        <Entering key={`${entry.id}-${entry.revision}`} entry={entry} onReload={reload} onChange={show} />
      ) : (
        <TakeOver entry={entry} onTaken={show} />
      )}
    </Main>
  );
}

function Head({ entry }: { entry: PaperEntryView }) {
  const name = procedureOf(entry.procedure)?.name.ja ?? entry.procedure;
  useDocumentTitle(`${entry.serial} ${name}の入力`);
  return (
    <>
      <PageTitle caption={`紙の申請：${name}`}>
        収受番号 <span className="font-mono">{entry.serial}</span>
      </PageTitle>
      <section
        aria-label="受領印"
        className="mb-4 rounded-8 border border-solid-gray-420 bg-solid-gray-50 p-3"
      >
        <DescriptionList
          columns={3}
          items={[
            { term: '受領日', description: formatDate(entry.receivedOn, { weekday: true }) },
            { term: '受け取り方', description: PAPER_WAY_LABELS[entry.arrivedBy] },
            { term: '受領者', description: personName(entry.receiver) },
          ]}
        />
        <p className="text-dns-14N-130 mt-2">
          紙の申請書の受領印に、収受番号 <b className="font-mono">{entry.serial}</b> を書いてください。
        </p>
      </section>
    </>
  );
}

function Submitted({ entry }: { entry: PaperEntryView }) {
  useDocumentTitle(`${entry.serial} 登録済み`);
  return (
    <Main>
      <BackLink to="/paper">紙の申請の一覧へ戻る</BackLink>
      <ConfirmationPanel title="紙の申請を登録しました" receiptNumber={entry.receiptNumber ?? ''}>
        <p>
          収受番号 <span className="font-mono">{entry.serial}</span>（{formatDate(entry.receivedOn)}受領）。
          次に、入力していない人が、申請書の画像と入力内容を照合します。
        </p>
        <div className="mt-4 flex flex-wrap justify-center gap-3">
          <LinkButton to="/paper/new" variant="solid">
            次の紙の申請を受け付ける
          </LinkButton>
          {entry.applicationId !== null && (
            <LinkButton to={`/applications/${entry.applicationId}`}>登録した申請を開く</LinkButton>
          )}
        </div>
      </ConfirmationPanel>
    </Main>
  );
}

/** Somebody else is entering it. Both hands are then in the entry, so neither may check it. */
function TakeOver({ entry, onTaken }: { entry: PaperEntryView; onTaken: (entry: PaperEntryView) => void }) {
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const take = async () => {
    setBusy(true);
    try {
      onTaken(await api.post<PaperEntryView>(`staff/paper-applications/${entry.id}/take-over`));
      toast.show('入力を引き継ぎました', { tone: 'success' });
    } catch (error) {
      toast.show(problemMessage(error), { tone: 'error' });
    } finally {
      setBusy(false);
    }
  };
  return (
    <NotificationBanner
      tone="info"
      title={`${personName(entry.enteredBy)}が入力しています`}
      actions={
        <Button busy={busy} onClick={() => void take()}>
          入力を引き継ぐ
        </Button>
      }
    >
      <p>
        {entry.childName !== null && `児童名：${entry.childName}。`}最終更新：
        {formatDateTime(entry.updatedAt)}
        。引き継ぐと、入力した人全員が、この申請の入力確認（照合）をできなくなります。
      </p>
    </NotificationBanner>
  );
}
