import type { ReactNode } from 'react';
import { Button, TextArea } from '../../components/index.ts';

/** Paragraphs of a template: each a field of its own, so that what is wrong is told at its place. */
export function Paragraphs({
  id,
  label,
  hint,
  values,
  errors,
  readOnly,
  separator = '.',
  onChange,
}: {
  id: string;
  label: string;
  hint: ReactNode;
  values: readonly string[];
  errors: Readonly<Record<string, string>>;
  readOnly: boolean;
  /** Between `id` and a paragraph's number, in ids and in the places of errors. */
  separator?: string;
  onChange: (values: string[]) => void;
}) {
  return (
    <fieldset id={id}>
      <legend className="text-std-17B-170 mb-1">{label}</legend>
      <p className="mb-2 text-solid-gray-700">{hint}</p>
      {errors[id] !== undefined && (
        <p role="alert" className="mb-2 text-red-1000">
          {errors[id]}
        </p>
      )}
      <ol className="flex flex-col gap-3">
        {values.map((value, index) => (
          // Paragraphs have no name of their own and keep their place while one types.
          <li key={index}>
            <TextArea
              id={`${id}${separator}${index}`}
              label={`${label} ${index + 1}`}
              labelSize="sm"
              hideMark
              rows={2}
              value={value}
              error={errors[`${id}${separator}${index}`]}
              readOnly={readOnly}
              onChange={(text) => onChange(values.map((one, at) => (at === index ? text : one)))}
            />
            {!readOnly && (
              <Button
                variant="text"
                size="sm"
                onClick={() => onChange(values.filter((_one, at) => at !== index))}
              >
                {label} {index + 1}を削除
              </Button>
            )}
          </li>
        ))}
      </ol>
      {!readOnly && (
        <Button variant="outline" size="sm" className="mt-3" onClick={() => onChange([...values, ''])}>
          {label}を追加
        </Button>
      )}
    </fieldset>
  );
}
