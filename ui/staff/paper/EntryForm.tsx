import { memo } from 'react';
import type { CheckPaperResponse } from '../../../api/contract/index.ts';
import type {
  Answers,
  AnswerValue,
  Field,
  ProcedureDefinition,
} from '../../../domain/procedures/definition.ts';
import { visibleFields, visibleSections } from '../../../domain/procedures/fields.ts';
import { paperNeeds } from '../../../domain/procedures/paper.ts';
import { FieldError, StatusTag } from '../../components/index.ts';
import { AnswerControl } from '../answers/AnswerControl.tsx';

export type Problem = CheckPaperResponse['problems'][number];

/** Element id of the control of an answer; a cell of a table is `field.row.column`. */
export function controlId(path: string): string {
  return `paper-${path.replaceAll('.', '-')}`;
}

interface FormProps {
  readonly procedure: ProcedureDefinition;
  readonly answers: Answers;
  readonly onChange: (code: string, value: AnswerValue) => void;
  readonly problems: readonly Problem[];
}

/** The questions of the procedure, in the order of the form, all on one page: a clerk types down the paper. */
export function EntryForm({ procedure, answers, onChange, problems }: FormProps) {
  const needs = paperNeeds(procedure);
  return (
    <div className="flex flex-col gap-8">
      {visibleSections(procedure, answers).map((section) => (
        <section key={section.id} aria-labelledby={`paper-section-${section.id}`}>
          <h2
            id={`paper-section-${section.id}`}
            className="text-std-18B-160 mb-3 border-b-2 border-solid-gray-420"
          >
            {section.title.ja}
          </h2>
          <div className="flex flex-col gap-4">
            {visibleFields(section, answers).map((field) => (
              <Question
                key={field.code}
                field={field}
                value={answers[field.code]}
                needed={needs.includes(field.code)}
                problem={problemAt(problems, field)}
                onChange={onChange}
              />
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}

/** The first problem of a field; that of a cell stands at its table. */
function problemAt(problems: readonly Problem[], field: Field): string | undefined {
  return problems.find(({ path }) => path === field.code || path.startsWith(`${field.code}.`))?.message.ja;
}

interface QuestionProps {
  readonly field: Field;
  readonly value: AnswerValue | undefined;
  readonly needed: boolean;
  readonly problem: string | undefined;
  readonly onChange: (code: string, value: AnswerValue) => void;
}

/** One question. Drawn again only when it changes: the form is long, and typing has to be quick. */
const Question = memo(function Question({ field, value, needed, problem, onChange }: QuestionProps) {
  return (
    <div>
      {needed && (
        <p className="mb-1">
          <StatusTag tone="danger">必須</StatusTag>
        </p>
      )}
      <AnswerControl
        id={controlId(field.code)}
        field={field}
        value={value}
        error={problem}
        onChange={(next) => onChange(field.code, next)}
      />
      {field.kind === 'table' && problem !== undefined && (
        <FieldError id={`${controlId(field.code)}-problem`}>{problem}</FieldError>
      )}
    </div>
  );
});
