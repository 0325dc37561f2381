import type { Criterion, ProcedureDefinition } from '../procedures/definition.ts';
import { fieldsOf } from '../procedures/fields.ts';

/** What is wrong with a procedure's review criteria (審査基準), each at its place (`2.reasons.0.code`); messages for the ward's screen. */
export function criteriaProblems(
  definition: ProcedureDefinition,
  criteria: readonly Criterion[],
): readonly { path: string; message: string }[] {
  const fields = new Set(fieldsOf(definition).map(({ code }) => code));
  const documents = new Set(definition.documents.map(({ type }) => type));
  return criteria.flatMap((criterion, index) => {
    const codes = criterion.reasons.map(({ code }) => code);
    return [
      ...(criterion.reasons.length === 0
        ? [{ path: `${String(index)}.reasons`, message: '不備の理由を1つ以上入れてください。' }]
        : []),
      ...codes.flatMap((code, at) =>
        codes.indexOf(code) === at
          ? []
          : [
              {
                path: `${String(index)}.reasons.${String(at)}.code`,
                message: '同じコードの不備の理由があります。',
              },
            ],
      ),
      ...(criterion.fields.every((code) => fields.has(code))
        ? []
        : [{ path: `${String(index)}.fields`, message: 'この手続きにない質問が選ばれています。' }]),
      ...(criterion.documents.every((type) => documents.has(type))
        ? []
        : [{ path: `${String(index)}.documents`, message: 'この手続きにない書類が選ばれています。' }]),
    ];
  });
}

/** How two editions differ, by the titles of their criteria. */
export function criteriaChanges(before: readonly Criterion[], after: readonly Criterion[]) {
  const old = new Map(before.map((one) => [one.id, one]));
  const now = new Set(after.map(({ id }) => id));
  return {
    added: after.filter(({ id }) => !old.has(id)).map(({ title }) => title),
    removed: before.filter(({ id }) => !now.has(id)).map(({ title }) => title),
    changed: after
      .filter((one) => old.has(one.id) && JSON.stringify(old.get(one.id)) !== JSON.stringify(one))
      .map(({ title }) => title),
  };
}
