import type { ApplicationEvent } from '../../domain/application/events.ts';
import { isQuestion, type KintoneRecordRef } from '../../domain/application/kintone-changes.ts';
import type { AppKey, KintoneRecord } from '../../kintone/apps/model.ts';
import type { Keyring } from '../../store/crypto.ts';
import type { Db } from '../../store/db.ts';
import { changesOfApplication } from '../../store/kintone.ts';
import {
  keptByNames,
  nameOf,
  type KeptRecord,
  type RecordContent,
  type RecordName,
} from '../../store/kintone-kept.ts';
import { writtenFields } from './compare.ts';
import { checksumField } from './file-content.ts';

/** What a delivery has to put right in one record. */
export interface RecordMending {
  app: AppKey;
  key: string;
  /** Fields to be written as they were. */
  restored: KintoneRecord;
  /** Values of kintone's that stand from now on. */
  accepted: RecordContent;
  /** The record is gone for good. */
  forget: boolean;
}

/** What a delivery has to put right in kintone, from what people did there and what was decided about it. */
export interface Mending {
  /** By {@link nameOf}; the application's own record is among them only where something is to be done about it. */
  records: ReadonlyMap<string, RecordMending>;
  /** Changes that are seen to with this delivery. */
  settled: readonly string[];
}

type Told = Extract<ApplicationEvent, { type: 'changedInKintone' | 'kintoneChangeSettled' }>;

/** A notice that people changed or deleted is made again with its PDF, beside this (`activities/notice/remake.ts`). */
export function isNoticeToRemake({
  record,
  restorable,
}: Pick<Told, 'record'> & { restorable?: false }): boolean {
  return record?.app === 'notices' && restorable !== false;
}

const isTold = (event: ApplicationEvent): event is Told =>
  event.type === 'changedInKintone' || event.type === 'kintoneChangeSettled';

/** Looks through the events that kintone does not have yet. @param own the application's own record */
export async function mendingOf(
  { db, keyring }: { db: Db; keyring: Keyring },
  applicationId: string,
  fresh: readonly ApplicationEvent[],
  own: RecordName & { app: AppKey },
): Promise<Mending> {
  const told = fresh.filter(isTold);
  if (told.length === 0) return { records: new Map(), settled: [] };
  const recordOf = ({ record }: { record?: KintoneRecordRef }) => record ?? own;
  const kept = await keptByNames(db, keyring, told.map(recordOf));
  const changes = await changesOfApplication(db, keyring, applicationId);
  const records = new Map<string, RecordMending>();
  const settled: string[] = [];
  for (const event of told) {
    if (event.type === 'changedInKintone' && isQuestion(event)) continue;
    if (event.type === 'changedInKintone' && isNoticeToRemake(event)) continue;
    settled.push(event.changeId);
    const { app, key } = recordOf(event);
    const name = nameOf({ app, key });
    const mending = records.get(name) ?? { app, key, restored: {}, accepted: {}, forget: false };
    const change = changes.find(({ id }) => id === event.changeId);
    const after = change?.detail.after ?? {};
    const accept = () => {
      const values = event.fields
        .filter((code) => code in after)
        .map((code): [string, unknown] => [code, after[code]]);
      // Another file, accepted, brings its checksum with it.
      const checksum = checksumField(app) ?? '';
      const restored = checksum in after ? { [checksum]: { value: after[checksum] } } : {};
      return {
        ...mending,
        accepted: { ...mending.accepted, ...Object.fromEntries(values) },
        restored: { ...mending.restored, ...restored },
      };
    };
    const restore = (codes: readonly string[]) => ({
      ...mending,
      restored: { ...mending.restored, ...valuesOf(app, kept.get(name), codes) },
    });
    if (event.type === 'changedInKintone') {
      const all = Object.keys(kept.get(name)?.content ?? {});
      if (event.restorable === false) records.set(name, accept());
      else records.set(name, restore(event.kind === 'deleted' ? all : event.fields));
    } else if (event.choice === 'restore') records.set(name, restore(event.fields));
    else if (change?.kind === 'deleted') records.set(name, { ...mending, forget: true });
    else records.set(name, accept());
  }
  return { records, settled };
}

/** The values as they were, ready to be written; files cannot be. */
function valuesOf(app: AppKey, kept: KeptRecord | undefined, codes: readonly string[]): KintoneRecord {
  if (!kept || kept.hashed) return {};
  const { people, system } = writtenFields(app);
  const types = new Map([...people, ...system].map(({ code, type }) => [code, type]));
  const usable = codes.filter(
    (code) => code in kept.content && types.has(code) && types.get(code) !== 'FILE',
  );
  return Object.fromEntries(usable.map((code) => [code, { value: withoutIds(kept.content[code]) }]));
}

/** Rows of a table are written as new ones: those that they were may be gone. */
function withoutIds(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return value.map((row: unknown) =>
    typeof row === 'object' && row !== null && 'value' in row ? { value: row.value } : row,
  );
}
