import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { SyntheticEvent } from 'react';
import { useParams } from 'react-router';
import type { CheckResponse, ScanResponse } from '../../../api/contract/index.ts';
import {
  BackLink,
  Button,
  DataTable,
  DescriptionList,
  LoadError,
  Loading,
  Main,
  NotificationBanner,
  PageTitle,
} from '../../components/index.ts';
import type { Column } from '../../components/index.ts';
import { api, formatCount, formatDateTime, problemMessage, useDocumentTitle } from '../../lib/index.ts';
import { personName } from '../lib/people.ts';
import { Camera } from './Camera.tsx';
import { SCAN_TONES } from './labels.ts';

/** Reads the QR code of each sheet before its envelope is closed: what is missing, double or foreign is told at once (Q22). */
export function Component() {
  const { id = '' } = useParams();
  const query = useQuery({
    queryKey: ['notice-check', id],
    queryFn: ({ signal }) => api.get<CheckResponse>(`staff/notice-runs/${id}/check`, { signal }),
  });
  useDocumentTitle('封入の確認');
  if (query.isPending) return <Loading />;
  return (
    <Main wide>
      <BackLink to={`/notices/runs/${id}`}>発送</BackLink>
      {query.isError ? (
        <LoadError error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Check id={id} check={query.data} />
      )}
    </Main>
  );
}

type Told =
  { kind: 'scan'; scan: ScanResponse } | { kind: 'failed'; message: string; text: string; scanId: string };

function Check({ id, check }: { id: string; check: CheckResponse }) {
  const client = useQueryClient();
  const [told, setTold] = useState<{ n: number; what: Told }>();
  const counted = told?.what.kind === 'scan' ? told.what.scan.counted : check.counted;
  const rest = check.notices - counted - check.voided;
  // One after the other: a hand scanner may be faster than the line.
  const line = useRef<Promise<void>>(Promise.resolve());

  const read = (text: string, scanId: string = crypto.randomUUID()) => {
    line.current = line.current.then(async () => {
      const tell = (what: Told) => setTold((before) => ({ n: (before?.n ?? 0) + 1, what }));
      try {
        const scan = await api.post<ScanResponse>(`staff/notice-runs/${id}/scans`, { scanId, text });
        tell({ kind: 'scan', scan });
        await client.invalidateQueries({ queryKey: ['notice-check', id] });
      } catch (error) {
        tell({ kind: 'failed', message: problemMessage(error), text, scanId });
      }
    });
  };

  return (
    <>
      <PageTitle
        lead={
          <p>
            発送 {check.number}・封筒{formatCount(check.envelopes)}通
          </p>
        }
      >
        封入の確認
      </PageTitle>
      <div className="grid gap-8 lg:grid-cols-2">
        <div>
          <ScanField onRead={read} />
          <div className="mt-4">
            <Camera onRead={read} />
          </div>
          <div aria-live="assertive" aria-atomic="true" className="mt-6 min-h-40">
            {told && (
              <Answer key={told.n} told={told.what} onAgain={(failed) => read(failed.text, failed.scanId)} />
            )}
          </div>
        </div>
        <div>
          <p className="text-std-32B-150" role="status">
            {formatCount(counted)}／{formatCount(check.notices)}件
          </p>
          <p className="mb-4">
            {rest <= 0 ? 'すべて確認しました。' : `残り${formatCount(rest)}件`}
            {check.voided > 0 && `（ほかに取消${formatCount(check.voided)}件：郵送しない）`}
          </p>
          <DescriptionList
            columns={2}
            items={[
              { term: '二重に読み取った回数', description: `${formatCount(check.results['double'] ?? 0)}回` },
              { term: '別の発送のもの', description: `${formatCount(check.results['foreign'] ?? 0)}回` },
              { term: '取消のもの', description: `${formatCount(check.results['voided'] ?? 0)}回` },
              { term: '通知書でないもの', description: `${formatCount(check.results['unknown'] ?? 0)}回` },
            ]}
          />
        </div>
      </div>
      <section className="mt-8" aria-labelledby="missing-title">
        <h2 id="missing-title" className="text-std-20B-160 mb-3">
          まだ読み取っていない通知書
        </h2>
        {check.missing.length === 0 ? (
          <p>ありません。</p>
        ) : (
          <>
            {check.notices - counted > check.missing.length && (
              <p className="mb-2">
                はじめの{formatCount(check.missing.length)}件です。全部は照合表で確かめられます。
              </p>
            )}
            <DataTable
              caption="まだ読み取っていない通知書"
              columns={MISSING}
              rows={check.missing}
              rowKey={(row) => row.reference}
              dense
            />
          </>
        )}
      </section>
      <section className="mt-8" aria-labelledby="protocol-title">
        <h2 id="protocol-title" className="text-std-20B-160 mb-3">
          読み取りの記録
        </h2>
        {check.protocol.length === 0 ? (
          <p>まだありません。</p>
        ) : (
          <DataTable
            caption="読み取りの記録"
            columns={PROTOCOL}
            rows={check.protocol}
            rowKey={(row) => row.at}
            dense
          />
        )}
      </section>
    </>
  );
}

/** A hand scanner types the code and Enter; so may a person. The field takes the next one at once. */
function ScanField({ onRead }: { onRead: (text: string) => void }) {
  const [text, setText] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const read = text.trim();
    setText('');
    field.current?.focus();
    if (read !== '') onRead(read);
  };
  return (
    <form onSubmit={submit} className="flex flex-wrap items-end gap-3">
      <div className="flex min-w-0 flex-1 flex-col gap-2">
        <label htmlFor="scan" className="text-std-17B-170">
          QRコードを読み取る
        </label>
        <span id="scan-hint" className="text-solid-gray-700">
          この欄を選んだまま、スキャナーで通知書のQRコードを読み取ってください。
        </span>
        <input
          id="scan"
          ref={field}
          className="control w-full"
          autoComplete="off"
          autoFocus
          inputMode="none"
          aria-describedby="scan-hint"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <Button type="submit" variant="outline">
        確認
      </Button>
    </form>
  );
}

function Answer({
  told,
  onAgain,
}: {
  told: Told;
  onAgain: (failed: Extract<Told, { kind: 'failed' }>) => void;
}) {
  if (told.kind === 'failed') {
    return (
      <NotificationBanner
        tone="error"
        title="確認できませんでした"
        actions={
          <Button variant="outline" onClick={() => onAgain(told)}>
            もう一度送る
          </Button>
        }
      >
        <p>{told.message}</p>
        <p>同じ読み取りをもう一度送っても、二重には数えません。</p>
      </NotificationBanner>
    );
  }
  const { scan } = told;
  const tone = scan.left && SCAN_TONES[scan.result] === 'success' ? 'warning' : SCAN_TONES[scan.result];
  return (
    <NotificationBanner tone={tone} title={<span className="text-std-24B-150">{scan.message}</span>}>
      {scan.reference !== null && <p className="font-mono">{scan.reference}</p>}
    </NotificationBanner>
  );
}

const MISSING: readonly Column<CheckResponse['missing'][number]>[] = [
  { id: 'envelope', header: '封筒', align: 'right', cell: (row) => row.envelope },
  { id: 'reference', header: '照会番号', primary: true, nowrap: true, cell: (row) => row.reference },
  { id: 'bop', header: '新BOP', cell: (row) => row.bopName },
  { id: 'kind', header: '種類', cell: (row) => row.label },
  { id: 'voided', header: '状態', cell: (row) => (row.voided ? '取消（郵送しない）' : '') },
];
const PROTOCOL: readonly Column<CheckResponse['protocol'][number]>[] = [
  { id: 'at', header: '日時', primary: true, nowrap: true, cell: (row) => formatDateTime(row.at) },
  { id: 'by', header: '担当', cell: (row) => personName(row.by) },
  { id: 'result', header: '結果', cell: (row) => row.label },
  { id: 'reference', header: '照会番号', nowrap: true, cell: (row) => row.reference ?? '―' },
  { id: 'envelope', header: '封筒', align: 'right', cell: (row) => row.envelope ?? '―' },
];
