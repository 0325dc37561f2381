import type { Answers, Field } from '../../../domain/procedures/definition.ts';
import { isRequired } from '../../../domain/procedures/fields.ts';
import { FieldControl } from './FieldControl.tsx';
import type { Bind } from './FieldControl.tsx';

export interface QuestionsProps {
  readonly fields: readonly Field[];
  /** Cleaned answers of the whole form: what is required may depend on them. */
  readonly answers: Answers;
  readonly bind: Bind;
  readonly fiscalYears: readonly number[];
}

/** Questions one under another; family and given name side by side where there is room. */
export function Questions({ fields, answers, bind, fiscalYears }: QuestionsProps) {
  const control = (field: Field, className?: string) => (
    <FieldControl
      key={field.code}
      field={field}
      binding={bind(field.code)}
      required={isRequired(field, answers)}
      fiscalYears={fiscalYears}
      bind={bind}
      {...(className === undefined ? {} : { className })}
    />
  );
  return pairs(fields).map((group) => {
    const [first, second] = group;
    if (!first) return null;
    if (!second) return control(first);
    return (
      <div key={first.code} className="measure grid items-end gap-x-6 gap-y-8 sm:grid-cols-2">
        {control(first, '')}
        {control(second, '')}
      </div>
    );
  });
}

/** Puts `…family_…` and the `…given_…` after it together: one name. */
function pairs(fields: readonly Field[]): Field[][] {
  const groups: Field[][] = [];
  for (const field of fields) {
    const last = groups.at(-1);
    const before = last?.length === 1 ? last[0] : undefined;
    const isPair =
      before !== undefined &&
      before.code.includes('family') &&
      before.code.replace('family', 'given') === field.code &&
      before.kind === field.kind;
    if (isPair && last) last.push(field);
    else groups.push([field]);
  }
  return groups;
}
