import type { ReactNode } from 'react';
import type { TakenPart } from '../../../api/contract/index.ts';
import type {
  Answers,
  AnswerValue,
  Field,
  ProcedureDefinition,
  Section,
  TableRow,
} from '../../../domain/procedures/definition.ts';
import { displayValue } from '../../../domain/procedures/format.ts';
import { visibleFields, visibleSections } from '../../../domain/procedures/fields.ts';
import { SummaryList } from '../../components/index.ts';
import type { SummaryRow } from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import type { Language } from '../../i18n/index.tsx';
import { marked } from '../shared/Marked.tsx';
import { common } from '../texts/common.ts';
import { together as m } from '../texts/together.ts';
import { Origin, sourceOf } from './Origin.tsx';

const TYPED = new Set<Field['kind']>(['text', 'kana', 'textarea', 'email', 'phone', 'postalCode']);

/** One answer in words; nothing where there is none. Tables are lists of their rows. */
export function answerNode(field: Field, value: AnswerValue | undefined, language: Language): ReactNode {
  if (field.kind === 'table') return <Rows field={field} rows={value} />;
  const words = displayValue(field, value, language);
  if (words === '') return '';
  return TYPED.has(field.kind) ? words : marked(words);
}

function Rows({ field, rows }: { field: Field & { kind: 'table' }; rows: AnswerValue | undefined }) {
  const { t, language } = useI18n();
  if (!Array.isArray(rows) || rows.length === 0) return null;
  return (
    <ol className="flex flex-col gap-3">
      {(rows as readonly TableRow[]).map((row, index) => (
        <li key={index} className="border-l-4 border-solid-gray-300 pl-3">
          <dl>
            {field.columns.map((column) => {
              const cell = answerNode(column, row[column.code], language);
              return (
                <div key={column.code} className="flex flex-wrap gap-x-2">
                  <dt className="text-solid-gray-700">
                    {t(column.label)}
                    {t(common.colon)}
                  </dt>
                  <dd>{cell === '' ? '－' : cell}</dd>
                </div>
              );
            })}
          </dl>
        </li>
      ))}
    </ol>
  );
}

export interface AnswersListProps {
  readonly definition: ProcedureDefinition;
  /** Cleaned answers. */
  readonly answers: Answers;
  /** Where a field can be changed; without it there are no links. */
  readonly changeTo?: (sectionId: string, field: string) => string;
  readonly headingLevel?: 2 | 3 | 4;
  /** What came from earlier applications is said at its section. */
  readonly taken?: readonly TakenPart[];
  /** Only some sections; all, if absent. */
  readonly only?: (section: Section) => boolean;
  /** What is wrong with an answer, by its field: said where it stands. */
  readonly wrong?: Readonly<Record<string, ReactNode>>;
}

/** The same words at each of these answers. */
export function wrongAt(fields: readonly string[], words: ReactNode): Readonly<Record<string, ReactNode>> {
  return Object.fromEntries(fields.map((field) => [field, words]));
}

/** All that was asked and answered, section by section. */
export function AnswersList(props: AnswersListProps) {
  const { definition, answers, changeTo, headingLevel = 2, taken = [], only, wrong = {} } = props;
  const { t, s, language } = useI18n();
  const sections = visibleSections(definition, answers).filter((section) => only?.(section) ?? true);
  return sections.map((section) => {
    const part = sourceOf(section, taken);
    const rows = visibleFields(section, answers).map((field): SummaryRow => {
      const value = answers[field.code];
      const empty = field.kind === 'table' && (!Array.isArray(value) || value.length === 0);
      return {
        key: field.code,
        label: t(field.label),
        value: empty ? '' : answerNode(field, value, language),
        ...(wrong[field.code] === undefined
          ? {}
          : { tone: 'danger', note: <p className="text-red-900">{wrong[field.code]}</p> }),
        ...(changeTo ? { change: { to: changeTo(section.id, field.code), what: s(field.label) } } : {}),
      };
    });
    return (
      <SummaryList
        key={section.id}
        title={t(section.title)}
        headingLevel={headingLevel}
        rows={rows}
        {...(part ? { lead: t(m.takenShort, { origin: <Origin part={part} /> }) } : {})}
      />
    );
  });
}
