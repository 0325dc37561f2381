import type { FileInfo, MyItem } from '../../../api/contract/index.ts';
import type { DeficiencyTarget } from '../../../domain/application/state.ts';
import { changedFields, isUnchanged, pickTargets, targetFields } from '../../../domain/procedures/changes.ts';
import type {
  Answers,
  DocumentType,
  Field,
  ProcedureDefinition,
} from '../../../domain/procedures/definition.ts';
import { askedFields, fieldsOf, visibleSections } from '../../../domain/procedures/fields.ts';
import type { ValidationContext } from '../../../domain/procedures/validate.ts';
import type { Locale } from '../../../domain/texts/locale.ts';
import { sectionErrors } from '../form/steps.ts';
import type { Typed } from '../form/steps.ts';

/** What a person has settled on for one item, not sent yet. */
export interface Entry {
  /** The fields that the item's page showed, as typed. */
  readonly values: Typed;
  /** "It is right as it was." */
  readonly unchanged: boolean;
}

/** All that is ready to be sent in answer to one request. */
export interface Answering {
  readonly entries: Readonly<Record<string, Entry>>;
  /** New files, sent to the server already but not handed in. */
  readonly files: readonly FileInfo[];
}

export const NOTHING_READY: Answering = { entries: {}, files: [] };

/** What an item asks about, as the domain names it. */
export function targetsOf(item: Pick<MyItem, 'targets'>): readonly DeficiencyTarget[] {
  return item.targets.map((target) =>
    target.kind === 'field' ? { kind: 'field', code: target.code } : { kind: 'document', type: target.type },
  );
}

/** The kinds of document that an item asks for. */
export function documentsOf(
  definition: ProcedureDefinition,
  item: Pick<MyItem, 'targets'>,
): readonly DocumentType[] {
  const types = item.targets.flatMap((target) => (target.kind === 'document' ? [target.type] : []));
  return definition.documents.filter((one) => types.includes(one.type));
}

/** The files to hand in with these items. */
export function filesFor(
  items: readonly Pick<MyItem, 'targets'>[],
  files: readonly FileInfo[],
): readonly FileInfo[] {
  const types = items
    .flatMap(targetsOf)
    .flatMap((target) => (target.kind === 'document' ? [target.type] : []));
  return files.filter((file) => types.includes(file.documentType));
}

/** What was typed for these items, together. */
export function typedFor(items: readonly Pick<MyItem, 'id'>[], entries: Answering['entries']): Typed {
  return Object.assign({}, ...items.map((item) => entries[item.id]?.values ?? {})) as Typed;
}

/** The answers as they would be once these items are sent. */
export function answersWith(
  definition: ProcedureDefinition,
  items: readonly MyItem[],
  before: Answers,
  typed: Typed,
): Answers {
  return pickTargets(definition, items.flatMap(targetsOf), before, typed).answers;
}

/**
 * The questions of an item's page: the fields it asks about, and what comes up only because of the new answers there (Q18).
 * @param base the answers without this item
 * @param now the answers with it
 */
export function fieldsToShow(
  definition: ProcedureDefinition,
  item: Pick<MyItem, 'targets'>,
  base: Answers,
  now: Answers,
): readonly Field[] {
  const targeted = targetFields(targetsOf(item));
  const before = new Set(askedFields(definition, base));
  const asked = new Set(askedFields(definition, now));
  return fieldsOf(definition).filter(
    (field) => asked.has(field) && (targeted.includes(field.code) || !before.has(field)),
  );
}

/**
 * Messages for an item's page, by the path of its form. What was left as it was is not checked again: people have judged it, and
 * "it is right as it was" is an answer.
 */
export function itemErrors(
  definition: ProcedureDefinition,
  fields: readonly Field[],
  base: Answers,
  typed: Typed,
  now: Answers,
  locale: Locale,
  context: ValidationContext,
): Record<string, string> {
  const changed = changedFields(definition, base, now);
  const before = new Set(askedFields(definition, base));
  const checked = new Set(
    fields.filter((field) => changed.includes(field.code) || !before.has(field)).map((field) => field.code),
  );
  const all = { ...now, ...typed };
  const found = visibleSections(definition, now).map((section) =>
    sectionErrors(definition, section, all, locale, context),
  );
  return Object.fromEntries(
    found
      .flatMap((errors) => Object.entries(errors))
      .filter(([path]) => checked.has(path.split('.')[0] ?? '')),
  );
}

/** Does an item's page leave everything as it was? */
export function leavesAll(
  definition: ProcedureDefinition,
  item: MyItem,
  base: Answers,
  typed: Typed,
  files: readonly FileInfo[],
): boolean {
  const types = filesFor([item], files).map((file) => file.documentType);
  return isUnchanged(definition, targetsOf(item), base, typed, types);
}

/** The fields that an answer changes, with their new values; null takes an answer away. */
export function changesOf(definition: ProcedureDefinition, before: Answers, now: Answers): Answers {
  const asked = new Set(askedFields(definition, now).map((field) => field.code));
  const codes = changedFields(definition, before, now).filter((code) => asked.has(code));
  return Object.fromEntries(codes.map((code) => [code, now[code] ?? null]));
}

/** An entry for one item; where others hold the same field, they follow. */
export function withEntry(answering: Answering, itemId: string, entry: Entry): Answering {
  const others = Object.entries(answering.entries).map(([id, { values, unchanged }]) => {
    const shared = Object.keys(values).filter((code) => Object.hasOwn(entry.values, code));
    const same = Object.fromEntries(shared.map((code) => [code, entry.values[code]]));
    return [id, { values: { ...values, ...same }, unchanged }] as const;
  });
  return { ...answering, entries: { ...Object.fromEntries(others), [itemId]: entry } };
}
