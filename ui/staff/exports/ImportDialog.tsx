import { useState } from 'react';
import type { ImportAnswersResponse } from '../../../api/contract/index.ts';
import { Button, Dialog, FieldFrame, NotificationBanner } from '../../components/index.ts';
import { api, ApiProblem, formatCount, problemMessage } from '../../lib/index.ts';

/** Takes the ward's answer file, and says line by line what could not be taken. */
export function ImportDialog(props: { runId: string; onClose: () => void; onDone: () => Promise<void> }) {
  const { runId, onClose, onDone } = props;
  const [file, setFile] = useState<File>();
  const [error, setError] = useState<string>();
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<ImportAnswersResponse>();
  const send = async () => {
    setError(file ? undefined : '回答ファイルを選んでください。');
    setProblem(undefined);
    if (!file) return;
    setBusy(true);
    try {
      const body = new Blob([file], { type: 'application/octet-stream' });
      setResult(await api.post<ImportAnswersResponse>(`staff/exports/${runId}/answers`, body));
      await onDone();
    } catch (failed) {
      setProblem(failed);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      size="lg"
      title="回答ファイルの取込み"
      onClose={() => !busy && onClose()}
      actions={
        result ? (
          <Button onClick={onClose}>閉じる</Button>
        ) : (
          <>
            <Button variant="outline" onClick={onClose} disabled={busy}>
              やめる
            </Button>
            <Button onClick={() => void send()} busy={busy}>
              取り込む
            </Button>
          </>
        )
      }
    >
      {result ? (
        <div className="flex flex-col gap-4">
          <NotificationBanner
            tone={result.faults.length > 0 || result.rejected > 0 ? 'warning' : 'success'}
            title={`受入 ${formatCount(result.accepted)}件、却下 ${formatCount(result.rejected)}件`}
            announce
          >
            {result.rejected > 0 && <p>却下された記録は、データ出力の一覧で処理してください。</p>}
          </NotificationBanner>
          {result.faults.length > 0 && <Faults faults={result.faults} />}
        </div>
      ) : (
        <div className="flex flex-col gap-4">
          {problem !== undefined && (
            <NotificationBanner tone="error" title={problemMessage(problem)} announce>
              {problem instanceof ApiProblem && problem.errors.length > 0 && (
                <ul className="list-disc pl-6">
                  {problem.errors.map((one) => (
                    <li key={one.path}>
                      {one.path.replace('line.', '')}行目：{one.message}
                    </li>
                  ))}
                </ul>
              )}
            </NotificationBanner>
          )}
          <FieldFrame
            id="answer-file"
            label="回答ファイル"
            labelSize="sm"
            required
            hint="学童クラブ管理システムが出した、受入・却下の結果のファイルです。読み方は様式の「回答ファイル」で決めています。"
            error={error}
          >
            <input
              id="answer-file"
              type="file"
              className="focus-ring block w-full"
              aria-describedby={
                error === undefined ? 'answer-file-hint' : 'answer-file-hint answer-file-error'
              }
              aria-invalid={error === undefined ? undefined : true}
              onChange={(event) => setFile(event.target.files?.[0])}
            />
          </FieldFrame>
        </div>
      )}
    </Dialog>
  );
}

function Faults({ faults }: Pick<ImportAnswersResponse, 'faults'>) {
  return (
    <section aria-labelledby="faults-title">
      <h3 id="faults-title" className="text-std-18B-160">
        取り込めなかった行 {formatCount(faults.length)}行
      </h3>
      <ul className="list-disc pl-6">
        {faults.slice(0, 100).map((one) => (
          <li key={`${String(one.lineNumber)}:${one.message}`}>
            {one.lineNumber}行目：{one.message}
          </li>
        ))}
      </ul>
    </section>
  );
}
