import type { TakenPart } from '../../../api/contract/index.ts';
import type { Section } from '../../../domain/procedures/definition.ts';
import { displayDate } from '../../../domain/procedures/format-dates.ts';
import { procedureOf } from '../../../domain/procedures/registry.ts';
import { useI18n } from '../../i18n/index.tsx';
import { marked } from '../shared/Marked.tsx';
import { together as m } from '../texts/together.ts';

/** Where something was taken over from: 「入会申請（見本 月・2026年11月5日受付）」. */
export function Origin({ part }: { part: Pick<TakenPart, 'procedure' | 'childName' | 'receivedOn'> }) {
  const { t, language } = useI18n();
  const name = procedureOf(part.procedure)?.name;
  const values = { procedure: name ? t(name) : '', child: part.childName };
  return part.receivedOn === null
    ? t(m.originDraft, values)
    : t(m.originFiled, { ...values, date: marked(displayDate(part.receivedOn, language)) });
}

/** The first source of what stands in a section; undefined where nothing in it was taken over. */
export function sourceOf(section: Section, taken: readonly TakenPart[]): TakenPart | undefined {
  return taken.find((part) => section.fields.some((field) => part.fields.includes(field.code)));
}
