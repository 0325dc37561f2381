import type { ExportDetailResponse, ExportFinding } from '../../../api/contract/index.ts';
import { DataTable, LinkButton } from '../../components/index.ts';
import type { Column } from '../../components/index.ts';
import { formatCount } from '../../lib/index.ts';

const COLUMNS: readonly Column<ExportFinding>[] = [
  {
    id: 'receipt',
    header: '受付番号',
    primary: true,
    nowrap: true,
    cell: (one) => (one.line === 0 ? '見出し' : one.receiptNumber),
  },
  { id: 'line', header: '行', align: 'right', nowrap: true, cell: (one) => String(one.line) },
  { id: 'column', header: '項目', cell: (one) => (one.column === '' ? '記録全体' : one.column) },
  { id: 'text', header: '内容', cell: (one) => one.text },
];

const SHOWN = 200;

/** Problems, or what was changed on the way out, record by record. */
export function Findings(props: { title: string; findings: readonly ExportFinding[]; total: number }) {
  const { title, findings, total } = props;
  const shown = findings.slice(0, SHOWN);
  return (
    <section aria-labelledby={`findings-${title}`}>
      <h2 id={`findings-${title}`} className="text-std-20B-160 mb-2">
        {title} {formatCount(total)}か所
      </h2>
      <DataTable
        caption={title}
        columns={COLUMNS}
        rows={shown}
        rowKey={(one) => `${String(one.line)}:${one.column}:${one.text}:${String(findings.indexOf(one))}`}
        rowLabel={(one) => one.receiptNumber}
        dense
      />
      {shown.length < total && (
        <p className="mt-2">はじめの{formatCount(shown.length)}か所を表示しています。</p>
      )}
    </section>
  );
}

/** The characters that the encoding lacks, each once: with these in the replacement table the export goes through. */
export function Lacking({ lacking }: Pick<ExportDetailResponse, 'lacking'>) {
  const search = new URLSearchParams(lacking.map(({ character }) => ['add', character]));
  return (
    <section aria-labelledby="lacking-title">
      <h2 id="lacking-title" className="text-std-20B-160 mb-2">
        文字コードにない文字
      </h2>
      <ul className="mb-4 flex flex-wrap gap-3">
        {lacking.map(({ character, codePoints, count }) => (
          <li key={character} className="rounded-8 border border-solid-gray-420 px-4 py-2 text-center">
            <span className="text-std-28B-150 block">{character}</span>
            <span className="text-dns-14N-130 block">{codePoints}</span>
            <span className="text-dns-14N-130 block">{formatCount(count)}か所</span>
          </li>
        ))}
      </ul>
      <LinkButton to={`/exports/settings?tab=replacements&${search.toString()}`} variant="outline">
        置換表に登録する
      </LinkButton>
    </section>
  );
}
