import type { EnrolmentEffect, EnrolmentEntry } from './effects.ts';
import type { NoEffectReason } from './enrolment.ts';

/** What the parts of the fold note about entries that do nothing. */
export type Notes = Map<EnrolmentEntry, NoEffectReason>;

/** An entry with an effect of this kind. */
export type EntryOf<K extends EnrolmentEffect['kind']> = EnrolmentEntry & {
  effect: Extract<EnrolmentEffect, { kind: K }>;
};

/** The entries of these kinds, in their order. */
export function entriesOf<K extends EnrolmentEffect['kind']>(
  entries: readonly EnrolmentEntry[],
  ...kinds: readonly K[]
): readonly EntryOf<K>[] {
  return entries.filter((entry): entry is EntryOf<K> =>
    (kinds as readonly string[]).includes(entry.effect.kind),
  );
}
