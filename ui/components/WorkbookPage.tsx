import { useQuery } from '@tanstack/react-query';
import type { ProposalsResponse, SheetsResponse } from '../../api/contract/index.ts';
import { api } from '../lib/api.ts';
import { formatDate } from '../lib/format.ts';
import { LinkButton } from './Button.tsx';
import { EmptyState, Loading } from './Status.tsx';

/** What an .xlsx file is, as the API calls it. */
export const WORKBOOK_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A workbook for who reviews it: what was read from a certificate, every cell as a table, the file itself. Japanese. */
export function WorkbookPage({ url, name }: { url: string; name: string }) {
  const sheets = useQuery({
    queryKey: ['workbook', url],
    queryFn: ({ signal }) => api.get<SheetsResponse>(`${url}/sheets`, { signal }),
    staleTime: Infinity,
    retry: false,
  });
  const read = useQuery({
    queryKey: ['workbook', url, 'read'],
    queryFn: ({ signal }) => api.get<ProposalsResponse>(`${url}/proposals`, { signal }),
    staleTime: Infinity,
    retry: false,
  });
  return (
    <div className="flex flex-col gap-6 bg-white p-4">
      <div>
        <LinkButton href={`${url}?download=true`} download variant="outline" size="sm">
          Excelファイルをダウンロード
        </LinkButton>
      </div>
      {read.data?.readable === true && <WhatWasRead reading={read.data} />}
      {sheets.isPending && <Loading />}
      {sheets.isError && (
        <EmptyState title="この内容を表示できません">
          <p>ダウンロードして、Excelで確認してください。</p>
        </EmptyState>
      )}
      {sheets.data?.sheets.map((sheet) => (
        <div
          key={sheet.name}
          className="overflow-x-auto"
          tabIndex={0}
          role="group"
          aria-label={`シート「${sheet.name}」`}
        >
          <table className="text-dns-14N-130 border-collapse">
            <caption className="py-1 text-left font-bold">
              {name}「{sheet.name}」
            </caption>
            <thead>
              <tr>
                <th scope="col" className="border border-solid-gray-300 bg-solid-gray-50 px-2">
                  行
                </th>
                {sheet.columns.map((column) => (
                  <th key={column} scope="col" className="border border-solid-gray-300 bg-solid-gray-50 px-2">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {sheet.rows.map((row) => (
                <tr key={row.row}>
                  <th scope="row" className="border border-solid-gray-300 bg-solid-gray-50 px-2">
                    {row.row}
                  </th>
                  {row.cells.map((cell, index) => (
                    <td
                      key={sheet.columns[index]}
                      className="border border-solid-gray-300 px-2 py-1 align-top whitespace-pre-wrap"
                    >
                      {formatDate(cell)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ))}
    </div>
  );
}

const DOUBTS = { sure: '', likely: '要確認', unsure: '計算した値・要確認' } as const;

/** Readings of the certificate's items, in the certificate's words. */
function WhatWasRead({ reading }: { reading: ProposalsResponse }) {
  const lines = [
    ...reading.facts.map((fact) => ({ ...fact, what: fact.item })),
    ...reading.proposals
      .filter((one) => !reading.facts.some((fact) => fact.cell === one.cell && fact.value === one.value))
      .map((one) => ({ ...one, what: WORK_LABELS[one.field.replace(/^guardian\d_/u, '')] ?? one.item })),
  ];
  return (
    <div className="overflow-x-auto" tabIndex={0} role="group" aria-label="証明書から読み取った値">
      <table className="text-dns-14N-130 w-full border-collapse">
        <caption className="py-1 text-left font-bold">
          証明書から読み取った値（目視で確かめてください）
        </caption>
        <thead>
          <tr>
            {['項目', '値', 'セル', '確かさ'].map((head) => (
              <th
                key={head}
                scope="col"
                className="border border-solid-gray-300 bg-solid-gray-50 px-2 text-left"
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => (
            <tr key={index}>
              <th scope="row" className="border border-solid-gray-300 px-2 py-1 text-left font-normal">
                {line.what}
              </th>
              <td className="min-w-32 border border-solid-gray-300 px-2 py-1 font-bold">
                {wordsOf(line.value)}
              </td>
              <td className="border border-solid-gray-300 px-2 py-1 whitespace-nowrap">{line.cell}</td>
              <td className="border border-solid-gray-300 px-2 py-1">{DOUBTS[line.sureness]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const WORK_LABELS: Readonly<Record<string, string>> = {
  work_planned: 'これから働き始める（内定）',
  work_starts_on: '働き始める日',
  schedule: '勤務の形',
  days_per_week: '週の日数（日曜を除く）',
  hours_per_week: '週の時間（休憩を除く）',
  break_minutes: '1日の休憩（分）',
  end_time: '平日の終わりの時刻',
};

function wordsOf(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'はい' : 'いいえ';
  if (value === 'fixed') return '固定';
  return value === 'variable' ? '変則' : formatDate(String(value), { era: true });
}
