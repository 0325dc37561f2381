import type { ReactNode } from 'react';
import type { StaffApplication } from '../../../api/contract/index.ts';
import type {
  Answers,
  AnswerValue,
  Field,
  ProcedureDefinition,
} from '../../../domain/procedures/definition.ts';
import { visibleFields, visibleSections } from '../../../domain/procedures/fields.ts';
import { VERSION_LABELS } from '../../../domain/texts/application.ts';
import { Icon, StatusTag } from '../../components/index.ts';
import { cx, formatDate, dateInTokyo } from '../../lib/index.ts';
import { personName } from '../lib/people.ts';
import type { Change } from './changes.ts';
import { formatAnswer, tableRows } from './format.ts';

type Hint = StaffApplication['hints'][number];

interface AnswersViewProps {
  readonly procedure: ProcedureDefinition;
  readonly answers: Answers;
  /** What was changed since filing, by field. */
  readonly changes: ReadonlyMap<string, readonly Change[]>;
  /** What the machine saw at intake. */
  readonly hints?: readonly Hint[];
  readonly headingLevel?: 2 | 3;
  /** Something under the title of a section (an edit button). */
  readonly sectionActions?: (sectionId: string) => ReactNode;
}

/** All answers, grouped as on the form, with what was changed and what the machine noticed. */
export function AnswersView(props: AnswersViewProps) {
  const { procedure, answers, headingLevel = 2 } = props;
  const Heading = `h${headingLevel}` as const;
  return (
    <div className="flex flex-col gap-6">
      {visibleSections(procedure, answers).map((section) => (
        <section key={section.id} className="print-whole" aria-labelledby={`answers-${section.id}`}>
          <div className="mb-1 flex flex-wrap items-center justify-between gap-2">
            <Heading id={`answers-${section.id}`} className="text-std-18B-160">
              {section.title.ja}
            </Heading>
            {props.sectionActions?.(section.id)}
          </div>
          <dl className="border-t border-solid-gray-420">
            {visibleFields(section, answers).map((field) => (
              <AnswerRow
                key={field.code}
                field={field}
                value={answers[field.code]}
                changes={props.changes.get(field.code) ?? []}
                hints={props.hints?.filter((hint) => hint.field === field.code) ?? []}
              />
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

interface RowProps {
  readonly field: Field;
  readonly value: AnswerValue | undefined;
  readonly changes: readonly Change[];
  readonly hints: readonly Hint[];
}

/** One question with its answer. */
export function AnswerRow({ field, value, changes, hints }: RowProps) {
  const changed = changes.length > 0;
  return (
    <div
      className={cx(
        'grid gap-x-4 border-b border-solid-gray-300 py-1.5',
        // A table needs the whole width.
        field.kind !== 'table' && 'sm:grid-cols-[minmax(8rem,13rem)_1fr]',
        changed && 'border-l-4 border-l-blue-900 bg-blue-50 pl-2',
      )}
    >
      <dt className="text-dns-16N-130 pt-0.5 text-solid-gray-700">{field.label.ja}</dt>
      <dd className="min-w-0">
        <AnswerText field={field} value={value} />
        {changes.map((change) => (
          <ChangeNote key={change.version} field={field} change={change} />
        ))}
        {hints.map((hint) => (
          <HintNote key={`${hint.code}-${hint.text}`} hint={hint} />
        ))}
      </dd>
    </div>
  );
}

/** The answer itself; 「入力なし」 where there is none. */
export function AnswerText({ field, value }: { field: Field; value: AnswerValue | undefined }) {
  if (field.kind === 'table') return <TableAnswer field={field} value={value} />;
  const words = formatAnswer(field, value);
  return words === '' ? (
    <span className="text-solid-gray-700">入力なし</span>
  ) : (
    <span className="whitespace-pre-wrap">{words}</span>
  );
}

function TableAnswer({ field, value }: { field: Field & { kind: 'table' }; value: AnswerValue | undefined }) {
  const rows = tableRows(value);
  if (rows.length === 0) return <span className="text-solid-gray-700">入力なし</span>;
  return (
    <div className="overflow-x-auto" tabIndex={0} role="group" aria-label={field.label.ja}>
      <table className="text-dns-16N-130 w-full border-collapse text-left">
        <thead>
          <tr className="border-b border-solid-gray-420 bg-solid-gray-50">
            {field.columns.map((column) => (
              <th
                key={column.code}
                scope="col"
                className="text-dns-14N-130 px-2 py-1 font-bold whitespace-nowrap"
              >
                {column.label.ja}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index} className="border-b border-solid-gray-200">
              {field.columns.map((column) => (
                <td key={column.code} className="min-w-24 px-2 py-1 align-top">
                  {formatAnswer(column, row[column.code]) || '－'}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ChangeNote({ field, change }: { field: Field; change: Change }) {
  return (
    <p className="text-dns-14N-130 mt-1 flex flex-wrap items-center gap-x-2 gap-y-1">
      <StatusTag tone="info">変更あり</StatusTag>
      <span>
        第{change.version}版・{VERSION_LABELS[change.kind]}（{formatDate(dateInTokyo(change.at))}{' '}
        {personName(change.by)}）　変更前：
        <del className="decoration-solid-gray-536">{formatAnswer(field, change.before) || '入力なし'}</del>
      </span>
    </p>
  );
}

/** What the machine noticed at one place. `bare`: without saying that it was noticed at intake. */
export function HintNote({ hint, bare = false }: { hint: Hint; bare?: boolean }) {
  return (
    <p className="text-dns-14N-130 mt-1 flex items-start gap-1">
      <Icon
        name={hint.severity}
        size={16}
        className={cx('mt-px', hint.severity === 'warning' ? 'text-yellow-1000' : 'text-blue-900')}
      />
      <span>
        <span className="sr-only">{hint.severity === 'warning' ? '注意: ' : '参考: '}</span>
        {!bare && '受付時の点検：'}
        {hint.text}
      </span>
    </p>
  );
}
