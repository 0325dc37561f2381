import type { ApplicationEvent } from '../../domain/application/events.ts';
import type { KintoneRecord } from '../../kintone/apps/model.ts';
import type { Keyring } from '../../store/crypto.ts';
import type { Db } from '../../store/db.ts';
import { changesOfApplication, type KeptRecord, type RecordContent } from '../../store/kintone.ts';

/** What a delivery has to put right in kintone, from what people did there and what was decided about it. */
export interface Mending {
  /** Fields to be written as they were. */
  restored: KintoneRecord;
  /** Values of kintone's that stand from now on. */
  accepted: RecordContent;
  /** Changes that are seen to with this delivery. */
  settled: readonly string[];
}

/** Looks through the events that kintone does not have yet. */
export async function mendingOf(
  { db, keyring }: { db: Db; keyring: Keyring },
  applicationId: string,
  fresh: readonly ApplicationEvent[],
  kept: KeptRecord | undefined,
): Promise<Mending> {
  const settled: string[] = [];
  const restored = new Map<string, unknown>();
  const accepted: Record<string, unknown> = {};
  const restore = (codes: readonly string[]) => {
    for (const code of codes) if (kept && code in kept.content) restored.set(code, kept.content[code]);
  };
  const choices = fresh.filter((event) => event.type === 'kintoneChangeSettled');
  const changes = choices.length === 0 ? [] : await changesOfApplication(db, keyring, applicationId);
  for (const event of fresh) {
    if (event.type === 'changedInKintone' && event.kind !== 'answers') {
      settled.push(event.changeId);
      restore(event.kind === 'deleted' ? Object.keys(kept?.content ?? {}) : event.fields);
    } else if (event.type === 'kintoneChangeSettled') {
      settled.push(event.changeId);
      const after = changes.find(({ id }) => id === event.changeId)?.detail.after ?? {};
      if (event.choice === 'restore') restore(event.fields);
      else for (const code of event.fields) if (code in after) accepted[code] = after[code];
    }
  }
  return {
    restored: Object.fromEntries([...restored].map(([code, value]) => [code, { value: withoutIds(value) }])),
    accepted,
    settled,
  };
}

/** Rows of a table are written as new ones: those that they were may be gone. */
function withoutIds(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return value.map((row: unknown) =>
    typeof row === 'object' && row !== null && 'value' in row ? { value: row.value } : row,
  );
}
