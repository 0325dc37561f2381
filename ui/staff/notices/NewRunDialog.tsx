import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { NewRunRequest, RunDetail } from '../../../api/contract/index.ts';
import { Checkbox, ConfirmDialog } from '../../components/index.ts';
import { api } from '../../lib/index.ts';
import type { NoticeFilters } from './filters.ts';
import { toChoice } from './filters.ts';

/** Reading 3,000 notices out of kintone takes its time. */
const TIMEOUT = 180_000;

/** Makes a print file of what the list shows. */
export function NewRunDialog({ filters, onClose }: { filters: NoticeFilters; onClose: () => void }) {
  const [onlyNew, setOnlyNew] = useState(true);
  const [together, setTogether] = useState(true);
  const navigate = useNavigate();
  const client = useQueryClient();
  return (
    <ConfirmDialog
      open
      title="印刷ファイルを作る"
      confirmLabel="作る"
      onClose={onClose}
      onConfirm={async () => {
        const body: NewRunRequest = { ...toChoice(filters), onlyNew, together };
        const { run } = await api.post<RunDetail>('staff/notice-runs', body, { timeout: TIMEOUT });
        await client.invalidateQueries({ queryKey: ['notices'] });
        await navigate(`/notices/runs/${run.id}`);
      }}
    >
      <p>
        一覧の条件に当てはまる通知書を、新BOP順・児童のフリガナ順に並べた1つのPDFにします。新BOPごとに仕切り紙が入ります。
      </p>
      <Checkbox
        id="run-only-new"
        label="まだどの印刷ファイルにも入っていない通知書だけにする"
        value={onlyNew}
        onChange={setOnlyNew}
      />
      <Checkbox
        id="run-together"
        label="同じ宛先・同じ新BOPの通知書は、1つの封筒にまとめる"
        hint="きょうだいの通知書や、入会と延長利用の通知書を一緒に送れます。"
        value={together}
        onChange={setTogether}
      />
      <p className="text-solid-gray-700">
        取り消された通知書は入りません。宛先がないもの、印字できない文字（外字）を含むものは除き、名前を表示します。
      </p>
    </ConfirmDialog>
  );
}
