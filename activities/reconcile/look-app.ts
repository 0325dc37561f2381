import type { KintoneBook, KintoneChangeKind } from '../../domain/application/kintone-changes.ts';
import type { AppKey } from '../../kintone/apps/model.ts';
import type { SeenRecord } from '../../kintone/gateway/index.ts';
import {
  applicationById,
  applicationsByIds,
  applicationsByReceipts,
  type Application,
} from '../../store/applications.ts';
import { noticeIsCarried } from '../../store/notices.ts';
import { entriesWaiting } from '../../store/enrolment-entries.ts';
import { enrolmentById } from '../../store/enrolments.ts';
import {
  clearSuspects,
  keepChange,
  keepLook,
  lookOf,
  openChange,
  requeueSuspect,
  suspectsOf,
  type ChangedField,
  type ChangeDetail,
} from '../../store/kintone.ts';
import {
  keepRecordId,
  keepRecordIds,
  keepRecords,
  keptByKeys,
  keptByRecordIds,
  keptOfApp,
  wroteRecord,
  type GivenRecord,
  type KeptRecord,
  type RecordContent,
} from '../../store/kintone-kept.ts';
import { canRestore, differenceOf, titleOf, writtenFields, type Difference } from './compare.ts';
import { checksumField, otherContent } from './file-content.ts';
import type { Found, LookDeps, LookOptions, Unknown } from './found.ts';

/** kintone's clock has minutes, and ours may differ a little. */
const OVERLAP_MS = 3 * 60_000;
const HOUR_MS = 60 * 60_000;
/** Between counts of all records. An application's own record is what families filed; the others are many. */
const SWEEP_EVERY_MS = { own: 6 * HOUR_MS, book: 24 * HOUR_MS };
const LONG_AGO = '2000-01-01T00:00:00Z';

/** kintone's keys of files say nothing by themselves, and may be others the next time. */
const withoutKeys = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map((one: unknown) =>
        typeof one === 'object' && one !== null && 'fileKey' in one ? { ...one, fileKey: undefined } : one,
      )
    : value;

/** One look through one app. */
export class AppLook {
  readonly #deps: LookDeps;
  readonly #app: AppKey;
  readonly #own: boolean;
  readonly #options: LookOptions;
  readonly #result: { found: Found[]; unknown: Unknown[] };
  /** Records as they should be, whose number is not known yet. */
  readonly #numbered: { key: string; recordId: string }[] = [];

  constructor(
    deps: LookDeps,
    app: AppKey,
    options: LookOptions,
    result: { found: Found[]; unknown: Unknown[] },
  ) {
    this.#deps = deps;
    this.#app = app;
    this.#own = app.startsWith('application_');
    this.#options = options;
    this.#result = result;
  }

  async run(): Promise<void> {
    const { db, keyring, gateway, now } = this.#deps;
    const { dry = false, whole = false } = this.#options;
    const started = now();
    const look = await lookOf(db, this.#app);
    const since = whole || !look ? LONG_AGO : new Date(Date.parse(look.since) - OVERLAP_MS).toISOString();
    const suspects = await suspectsOf(db, keyring, this.#app);
    const told = new Map(suspects.map(({ recordId, by }) => [recordId, by]));
    const records = await gateway.changes.changedSince(this.#app, since);
    const read = new Set(records.map(({ recordId }) => recordId));
    const others = suspects.map(({ recordId }) => recordId).filter((id) => !read.has(id));
    const more = others.length === 0 ? [] : await gateway.changes.byIds(this.#app, others);
    const there = new Set([...read, ...more.map(({ recordId }) => recordId)]);
    const gone = others.filter((id) => !there.has(id));
    if (gone.length > 0) await this.#deleted(await keptByRecordIds(db, this.#app, gone), told);
    await this.#compare([...records, ...more], told);
    const every = SWEEP_EVERY_MS[this.#own ? 'own' : 'book'];
    const sweepDue = !look?.sweptAt || Date.parse(look.sweptAt) <= started.getTime() - every;
    const sweep = this.#options.sweep ?? sweepDue;
    if (sweep) await this.#sweep();
    if (dry) return;
    await clearSuspects(db, this.#app, suspects);
    await keepLook(db, this.#app, started, sweep ? started : undefined);
  }

  async #compare(records: readonly SeenRecord[], told: ReadonlyMap<string, string | null>): Promise<void> {
    const { db, keyring } = this.#deps;
    const kept = await keptByKeys(
      db,
      keyring,
      this.#app,
      records.map(({ key }) => key),
    );
    const owners = await applicationsByIds(
      db,
      [...kept.values()].map(({ applicationId }) => applicationId),
    );
    const unkept = records.filter(({ key }) => !kept.get(key)?.complete);
    const named = await applicationsByReceipts(
      db,
      unkept.map(({ receiptNumber }) => receiptNumber),
    );
    for (const record of records) {
      const known = kept.get(record.key);
      const application = (known && owners.get(known.applicationId)) ?? named.get(record.receiptNumber);
      if (known?.complete && application)
        await this.#compareOne(application, known, record, told.get(record.recordId) ?? null);
      else await this.#unkept(application, known, record);
    }
    await keepRecordIds(db, this.#app, this.#numbered.splice(0));
  }

  /** A record of which nothing is kept: from before that was done, written this very moment, or added by hand. */
  async #unkept(
    application: Application | undefined,
    kept: KeptRecord | undefined,
    record: SeenRecord,
  ): Promise<void> {
    const { db } = this.#deps;
    const { dry = false } = this.#options;
    const name = { app: this.#app, key: record.key };
    if (application && application.seq !== application.kintoneSeq) {
      if (!dry) await requeueSuspect(db, this.#app, record.recordId);
      return;
    }
    if (!(await wroteRecord(db, name, application))) {
      const { recordId, key, receiptNumber } = record;
      this.#result.unknown.push({ app: this.#app, recordId, key, receiptNumber });
      return;
    }
    const owner = application?.id ?? (await this.#ownerOf(record.key));
    // A stamped paper that is no application yet has its line written again by itself.
    if (owner === undefined || dry) return;
    const { people, system } = writtenFields(this.#app);
    const values: RecordContent = Object.fromEntries(
      [...people, ...system].map(({ code }) => [code, record.values[code]]),
    );
    await keepRecords(db, this.#deps.keyring, [
      {
        ...name,
        applicationId: owner,
        seq: application?.kintoneSeq ?? 0,
        complete: true,
        hashed: false,
        content: { ...values, ...(kept?.hashed ? {} : kept?.content) },
      },
    ]);
    await keepRecordId(db, name, record.recordId);
  }

  async #ownerOf(key: string): Promise<string | undefined> {
    if (this.#app !== 'enrolments') return undefined;
    return (await enrolmentById(this.#deps.db, key))?.applicationId;
  }

  async #compareOne(
    application: Application,
    kept: KeptRecord,
    record: SeenRecord,
    by: string | null,
  ): Promise<void> {
    const { db, keyring } = this.#deps;
    const { dry = false } = this.#options;
    const difference = differenceOf(keyring, this.#app, kept, record.values);
    const another = kept.recordId !== null && kept.recordId !== record.recordId;
    // A person was here: the file may be another one of the same name and size.
    const touched = by !== null || !this.#deps.systemUsers.has(record.modifier.code);
    const checkFile = touched && checksumField(this.#app) !== undefined;
    if (difference.people.length === 0 && difference.system.length === 0 && !checkFile) {
      if (!dry && kept.recordId !== record.recordId) this.#numbered.push(record);
      return;
    }
    const sure = await this.#sure(application, kept, record);
    if (!sure) {
      if (!dry) await requeueSuspect(db, this.#app, record.recordId);
      return;
    }
    const mine = this.#deps.systemUsers.has(sure.record.modifier.code);
    const who = by ?? (mine || sure.record.modifier.name === '' ? null : sure.record.modifier.name);
    const tell = async (kind: KintoneChangeKind, fields: readonly ChangedField[]) => {
      const { values, updatedAt: at } = sure.record;
      const after = {
        ...Object.fromEntries(fields.map(({ code }) => [code, withoutKeys(values[code])])),
        ...checksum,
      };
      await this.#tell(application, kept, kind, { who, at, fields, after });
    };
    const { people, system, checksum } = checkFile
      ? await this.#withFile(kept, sure.record, sure.difference)
      : { ...sure.difference, checksum: {} };
    if (people.length === 0 && system.length === 0) {
      if (!dry && kept.recordId !== record.recordId) this.#numbered.push(record);
      return;
    }
    // Deleted, and made anew by a later write of the system, which knows only its own fields.
    if (another && people.length > 0) await tell('deleted', people);
    else {
      if (people.length > 0) await tell(this.#own ? 'answers' : 'record', people);
      if (system.length > 0) await tell('system', system);
    }
    if (!dry && (people.length > 0 || system.length > 0)) await keepRecordId(db, kept, record.recordId);
  }

  /** The difference with the file, where that is another one of the same name and size; and its checksum, where it is another. */
  async #withFile(kept: KeptRecord, record: SeenRecord, { people, system }: Difference) {
    const other = await otherContent(this.#deps, this.#app, kept, record.values);
    if (!other) return { people, system, checksum: {} };
    const { field, checksum } = other;
    if ([...people, ...system].some(({ code }) => code === field.code)) return { people, system, checksum };
    return writtenFields(this.#app).people.length > 0
      ? { people: [...people, field], system, checksum }
      : { people, system: [...system, field], checksum };
  }

  /**
   * Reads everything once more: what is being delivered this very moment looks like a change. Undefined where it is, and so
   * cannot be said yet.
   */
  async #sure({ id }: Application, before: KeptRecord, { key }: SeenRecord) {
    const { db, keyring, gateway } = this.#deps;
    const quiet = async () => {
      const application = await applicationById(db, id, 'all');
      if (this.#app === 'enrolments' && (await entriesWaiting(db, key))) return false;
      if (this.#app === 'notices' && !(await noticeIsCarried(db, key))) return false;
      return application !== undefined && application.seq === application.kintoneSeq;
    };
    if (!(await quiet())) return undefined;
    const [record] = await gateway.changes.byKeys(this.#app, [key]);
    const kept = (await keptByKeys(db, keyring, this.#app, [key])).get(key);
    if (!record || kept?.writtenAt !== before.writtenAt || !(await quiet())) return undefined;
    return { record, difference: differenceOf(keyring, this.#app, kept, record.values) };
  }

  /** Records that were there and are not any more. */
  async #deleted(gone: readonly GivenRecord[], told: ReadonlyMap<string, string | null>): Promise<void> {
    const { db, keyring, gateway } = this.#deps;
    for (const { key, applicationId, recordId } of gone) {
      const application = await applicationById(db, applicationId, 'all');
      if (!application || application.kintoneSeq === 0) continue;
      const there = await gateway.changes.byKeys(this.#app, [key]);
      const kept = (await keptByKeys(db, keyring, this.#app, [key])).get(key);
      if (there.length > 0 || !kept) continue;
      await this.#tell(application, kept, 'deleted', {
        who: told.get(recordId ?? '') ?? null,
        at: null,
        fields: [],
        after: { deleted: recordId },
      });
    }
  }

  async #sweep(): Promise<void> {
    const { db, gateway } = this.#deps;
    const kept = await keptOfApp(db, this.#app);
    if (kept.length === 0) return;
    const there = await gateway.changes.keys(this.#app);
    await this.#deleted(
      kept.filter(({ key }) => !there.has(key)),
      new Map(),
    );
  }

  async #tell(
    application: Application,
    kept: KeptRecord,
    kind: KintoneChangeKind,
    seen: ChangeDetail,
  ): Promise<void> {
    // A document that is gone has gone with its file.
    const all = kind === 'deleted' && this.#app !== 'documents' ? Object.keys(kept.content) : [];
    const codes = kind === 'deleted' ? all : seen.fields.map(({ code }) => code);
    const title = titleOf(this.#app, kept.hashed ? seen.after : kept.content);
    const detail: ChangeDetail = {
      ...seen,
      ...(this.#own ? {} : { record: { app: this.#app as KintoneBook, key: kept.key, title } }),
      ...(canRestore(this.#app, kept.hashed, codes) ? {} : { restorable: false as const }),
    };
    const found = { applicationId: application.id, receiptNumber: application.receiptNumber, kind, detail };
    const { db, keyring } = this.#deps;
    const change = { applicationId: application.id, kind, detail };
    if (this.#options.dry) {
      const known = await openChange(db, keyring, change);
      this.#result.found.push({ ...found, ...(known?.reported ? { told: true } : {}) });
      return;
    }
    const changeId = await keepChange(db, keyring, change);
    this.#result.found.push({ ...found, changeId });
  }
}
