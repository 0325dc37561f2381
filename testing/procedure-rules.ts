import { expect, it } from 'vitest';
import { fixedFields } from '../domain/procedures/changes.ts';
import type { Condition } from '../domain/procedures/condition.ts';
import type { Field, Option, ProcedureDefinition } from '../domain/procedures/definition.ts';
import { fieldsOf } from '../domain/procedures/fields.ts';
import { LOCALES, withoutFurigana } from '../domain/texts/locale.ts';

/** Fields of the form and the columns of its tables. */
function everyField(definition: ProcedureDefinition): readonly Field[] {
  return fieldsOf(definition).flatMap((field) =>
    field.kind === 'table' ? [field, ...field.columns] : [field],
  );
}

function conditionsOf(definition: ProcedureDefinition): readonly Condition[] {
  const fields = everyField(definition).flatMap((f) => [
    ...(f.visibleWhen ? [f.visibleWhen] : []),
    ...(typeof f.required === 'object' ? [f.required] : []),
  ]);
  const sections = definition.sections.flatMap((s) => s.visibleWhen ?? []);
  const documents = definition.documents.flatMap((d) => [d.requiredWhen ?? [], d.offeredWhen ?? []].flat());
  const criteria = definition.criteria.flatMap((c) => c.appliesWhen ?? []);
  return [...fields, ...sections, ...documents, ...criteria];
}

/** The single comparisons in a condition. */
function leaves(
  condition: Condition,
): readonly Exclude<Condition, { all: unknown } | { any: unknown } | { not: unknown }>[] {
  if ('all' in condition) return condition.all.flatMap(leaves);
  if ('any' in condition) return condition.any.flatMap(leaves);
  if ('not' in condition) return leaves(condition.not);
  return [condition];
}

/** Every object with a `ja` in it, wherever it stands, with the way to it. */
function textsIn(value: unknown, path = ''): [string, Record<string, unknown>][] {
  if (typeof value !== 'object' || value === null) return [];
  if ('ja' in value) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, `${path}.${key}`));
}

const unique = (codes: readonly string[]) =>
  expect(codes.filter((c, i) => codes.indexOf(c) !== i)).toEqual([]);

/** The rules that every procedure's definition keeps to, as tests of the present `describe` block. */
export function itKeepsToTheRules(definition: ProcedureDefinition): void {
  const fields = fieldsOf(definition);
  const codes = fields.map(({ code }) => code);
  const documents = definition.documents.map(({ type }) => type);

  it('has codes that are unique, also in tables, and fit kintone and CSV', () => {
    unique(everyField(definition).map(({ code }) => code));
    unique(definition.sections.map(({ id }) => id));
    unique(documents);
    unique(definition.criteria.map(({ id }) => id));
    unique(definition.refusalReasons.map(({ code }) => code));
    for (const criterion of definition.criteria) unique(criterion.reasons.map(({ code }) => code));
    const all = [...everyField(definition).map(({ code }) => code), ...documents];
    for (const code of all) expect(code).toMatch(/^[a-z][a-z0-9_]{0,63}$/u);
  });

  it('has choices that differ, by value and by name', () => {
    for (const field of everyField(definition)) {
      if (field.kind !== 'choice' && field.kind !== 'choices') continue;
      unique(field.options.map((o: Option) => o.value));
      for (const locale of LOCALES) unique(field.options.map((o: Option) => o.label[locale] ?? ''));
    }
  });

  it('asks only about fields and documents that there are, each at most once', () => {
    for (const criterion of definition.criteria) {
      expect(codes, criterion.id).toEqual(expect.arrayContaining([...criterion.fields]));
      expect(documents, criterion.id).toEqual(expect.arrayContaining([...criterion.documents]));
      unique(criterion.fields);
      unique(criterion.documents);
      expect(criterion.fields.length + criterion.documents.length, criterion.id).toBeGreaterThan(0);
      expect(criterion.reasons.length, criterion.id).toBeGreaterThan(0);
    }
  });

  it('never asks for what the application was filed under', () => {
    // The receipt number, the place in 別紙1's tree and the lock against duplicates hang on the 新BOP and the fiscal year: an
    // answer that changed them would leave the application at a place, and under a lock, that it no longer belongs to.
    const fixed = fixedFields(definition);
    expect(fixed).toEqual([definition.roles.bop, definition.roles.fiscalYear]);
    for (const criterion of definition.criteria) {
      expect(
        criterion.fields.filter((code) => fixed.includes(code)),
        criterion.id,
      ).toEqual([]);
    }
  });

  it('lets every other answer and every document be asked for', () => {
    const askable = new Set(definition.criteria.flatMap((criterion) => criterion.fields));
    expect(codes.filter((code) => !askable.has(code))).toEqual(
      fixedFields(definition).toSorted((a, b) => codes.indexOf(a) - codes.indexOf(b)),
    );
    const wanted = new Set(definition.criteria.flatMap((criterion) => criterion.documents));
    expect(documents.filter((type) => !wanted.has(type))).toEqual([]);
  });

  it('gives its roles to fields that there are', () => {
    for (const code of Object.values(definition.roles).flat()) expect(codes).toContain(code);
    const kindOf = (code: string) => fields.find((field) => field.code === code)?.kind;
    expect(kindOf(definition.roles.bop)).toBe('bop');
    expect(kindOf(definition.roles.fiscalYear)).toBe('fiscalYear');
    expect(kindOf(definition.roles.childBirthDate)).toBe('date');
  });

  it('has conditions about fields and choices that there are', () => {
    for (const leaf of conditionsOf(definition).flatMap(leaves)) {
      const field = everyField(definition).find(({ code }) => code === leaf.field);
      expect(field, leaf.field).toBeDefined();
      if (field?.kind !== 'choice' && field?.kind !== 'choices') continue;
      const values =
        'in' in leaf ? leaf.in : 'equals' in leaf ? [leaf.equals] : 'includes' in leaf ? [leaf.includes] : [];
      for (const value of values)
        expect(
          field.options.map((o) => o.value),
          leaf.field,
        ).toContain(value);
    }
  });

  it('says everything in Japanese, やさしい日本語 and English', () => {
    const texts = textsIn(definition);
    expect(texts.length).toBeGreaterThan(definition.code === 'admission' ? 300 : 50);
    for (const [path, text] of texts) {
      for (const locale of LOCALES) {
        expect(text[locale], `${path} ${locale}`).toEqual(expect.stringMatching(/\S/u));
      }
      const { ja, 'ja-easy': easy, en } = text as Record<string, string>;
      expect(ja, path).not.toMatch(/[{}]/u);
      expect(en, path).not.toMatch(/[{}]/u);
      expect(withoutFurigana(easy ?? ''), path).not.toMatch(/[{}|]/u);
    }
  });

  it('gives every kanji of やさしい日本語 its reading', () => {
    for (const [path, text] of textsIn(definition)) {
      const plain = String(text['ja-easy']).replace(/\{[^{}|]+\|[^{}|]+\}/gu, '');
      expect(plain.match(/\p{Script=Han}+/gu) ?? [], `${path}: ${String(text['ja-easy'])}`).toEqual([]);
    }
  });
}
