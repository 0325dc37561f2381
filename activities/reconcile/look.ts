import type { KintoneChangeKind } from '../../domain/application/kintone-changes.ts';
import type { ProcedureDefinition } from '../../domain/procedures/definition.ts';
import { PROCEDURES } from '../../domain/procedures/registry.ts';
import { applicationApp } from '../../kintone/apps/model.ts';
import type { Gateway, SeenRecord } from '../../kintone/gateway/index.ts';
import { applicationById, applicationsByReceipts, type Application } from '../../store/applications.ts';
import type { Keyring } from '../../store/crypto.ts';
import type { Db } from '../../store/db.ts';
import {
  applicationsOfRecords,
  clearSuspects,
  keepChange,
  keepLook,
  keepRecord,
  keepRecordId,
  keptReceipts,
  keptRecords,
  lookOf,
  requeueSuspect,
  suspectsOf,
  type ChangeDetail,
  type KeptRecord,
  type RecordContent,
} from '../../store/kintone.ts';
import { differenceOf, writtenFields } from './compare.ts';

export interface LookDeps {
  db: Db;
  keyring: Keyring;
  gateway: Pick<Gateway, 'changes' | 'budget'>;
  now: () => Date;
  /** Login names of this system itself, whose writes hide who wrote before. */
  systemUsers: ReadonlySet<string>;
}

/** One thing that is not as this system left it. */
export interface Found {
  applicationId: string;
  receiptNumber: string;
  kind: KintoneChangeKind;
  detail: ChangeDetail;
  /** Undefined on a look that keeps nothing. */
  changeId?: string;
}

export interface LookResult {
  found: readonly Found[];
  /** Records in kintone that belong to no application: added there by hand. */
  unknown: readonly { app: string; recordId: string; receiptNumber: string }[];
  /** Apps that were left out, since their requests of the day run short. */
  deferred: readonly string[];
}

export interface LookOptions {
  /** Counts all records through, to see what is gone; otherwise only every few hours. */
  sweep?: boolean;
  /** Looks at all records, not only at those written lately. */
  whole?: boolean;
  /** Only looks: keeps nothing of it. */
  dry?: boolean;
}

/** kintone's clock has minutes, and ours may differ a little. */
const OVERLAP_MS = 3 * 60_000;
const SWEEP_EVERY_MS = 6 * 60 * 60_000;
const LONG_AGO = '2000-01-01T00:00:00Z';

/**
 * Looks through kintone for what people changed there: by what webhooks told, and by what was written since the last look.
 * Webhooks are hints that may never come; the look finds all the same. Whatever is seen is kept, sealed, and found again until
 * the application knows of it.
 */
export async function lookForChanges(deps: LookDeps, options: LookOptions = {}): Promise<LookResult> {
  const found: Found[] = [];
  const unknown: { app: string; recordId: string; receiptNumber: string }[] = [];
  const deferred: string[] = [];
  for (const definition of PROCEDURES) {
    const app = applicationApp(definition.code);
    // Looking can wait; writing what families filed cannot.
    if (deps.gateway.budget(app) === 'defer') deferred.push(app);
    else await new AppLook(deps, definition, options, found, unknown).run();
  }
  return { found, unknown, deferred };
}

class AppLook {
  readonly #app;
  readonly #deps: LookDeps;
  readonly #definition: ProcedureDefinition;
  readonly #options: LookOptions;
  readonly #found: Found[];
  readonly #unknown: { app: string; recordId: string; receiptNumber: string }[];

  constructor(
    deps: LookDeps,
    definition: ProcedureDefinition,
    options: LookOptions,
    found: Found[],
    unknown: { app: string; recordId: string; receiptNumber: string }[],
  ) {
    this.#deps = deps;
    this.#definition = definition;
    this.#options = options;
    this.#found = found;
    this.#unknown = unknown;
    this.#app = applicationApp(definition.code);
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
    if (gone.length > 0) await this.#deleted([...(await applicationsOfRecords(db, this.#app, gone))], told);
    await this.#compare([...records, ...more], told);
    const sweepDue = !look?.sweptAt || Date.parse(look.sweptAt) <= started.getTime() - SWEEP_EVERY_MS;
    const sweep = this.#options.sweep ?? sweepDue;
    if (sweep) await this.#sweep();
    if (dry) return;
    await clearSuspects(db, this.#app, suspects);
    await keepLook(db, this.#app, started, sweep ? started : undefined);
  }

  async #compare(records: readonly SeenRecord[], told: ReadonlyMap<string, string | null>): Promise<void> {
    const { db, keyring } = this.#deps;
    const applications = await applicationsByReceipts(
      db,
      records.map(({ receiptNumber }) => receiptNumber),
    );
    const kept = await keptRecords(
      db,
      keyring,
      [...applications.values()].map(({ id }) => id),
    );
    for (const record of records) {
      const application = applications.get(record.receiptNumber);
      if (!application) {
        const { recordId, receiptNumber } = record;
        this.#unknown.push({ app: this.#app, recordId, receiptNumber });
        continue;
      }
      await this.#compareOne(
        application,
        kept.get(application.id),
        record,
        told.get(record.recordId) ?? null,
      );
    }
  }

  async #compareOne(
    application: Application,
    kept: KeptRecord | undefined,
    record: SeenRecord,
    by: string | null,
  ): Promise<void> {
    const { db } = this.#deps;
    const { dry = false } = this.#options;
    if (!kept?.complete) {
      if (!dry) await this.#adopt(application, kept, record);
      return;
    }
    const difference = differenceOf(this.#definition, kept.content, record.values);
    const another = kept.recordId !== null && kept.recordId !== record.recordId;
    if (difference.answers.length === 0 && difference.system.length === 0) {
      if (!dry && kept.recordId !== record.recordId) await keepRecordId(db, application.id, record.recordId);
      return;
    }
    const sure = await this.#sure(application, record);
    if (!sure) {
      if (!dry) await requeueSuspect(db, this.#app, record.recordId);
      return;
    }
    const mine = this.#deps.systemUsers.has(sure.record.modifier.code);
    const who = by ?? (mine || sure.record.modifier.name === '' ? null : sure.record.modifier.name);
    const tell = async (kind: KintoneChangeKind, fields: ChangeDetail['fields']) => {
      const after = Object.fromEntries(fields.map(({ code }) => [code, sure.record.values[code]]));
      await this.#tell(application, kind, { who, at: sure.record.updatedAt, fields, after });
    };
    const { answers, system } = sure.difference;
    // Deleted, and made anew by a later write of the system, which knows only its own fields.
    if (another && answers.length > 0) await tell('deleted', answers);
    else {
      if (answers.length > 0) await tell('answers', answers);
      if (system.length > 0) await tell('system', system);
    }
    if (!dry && (answers.length > 0 || system.length > 0)) {
      await keepRecordId(db, application.id, record.recordId);
    }
  }

  /**
   * Reads everything once more: what is being delivered this very moment looks like a change. Undefined where it is, and so
   * cannot be said yet.
   */
  async #sure(application: Application, { receiptNumber }: SeenRecord) {
    const { db, keyring, gateway } = this.#deps;
    const now = async () => (await applicationsByReceipts(db, [receiptNumber])).get(receiptNumber);
    const before = await now();
    const kept = (await keptRecords(db, keyring, [application.id])).get(application.id);
    const [record] = await gateway.changes.byReceipt(this.#app, [receiptNumber]);
    const after = await now();
    if (!before || !after || !kept || !record) return undefined;
    const quiet = before.seq === before.kintoneSeq && after.seq === before.seq && kept.seq === before.seq;
    if (!quiet) return undefined;
    return { record, difference: differenceOf(this.#definition, kept.content, record.values) };
  }

  /** From before this was kept: what is there is what counts. */
  async #adopt(application: Application, kept: KeptRecord | undefined, record: SeenRecord): Promise<void> {
    if (application.seq !== application.kintoneSeq) return;
    const { answers, system } = writtenFields(this.#definition);
    const values: RecordContent = Object.fromEntries(
      [...answers, ...system].map(({ code }) => [code, record.values[code]]),
    );
    await keepRecord(this.#deps.db, this.#deps.keyring, {
      applicationId: application.id,
      app: this.#app,
      seq: application.kintoneSeq,
      complete: true,
      content: { ...values, ...kept?.content },
    });
    await keepRecordId(this.#deps.db, application.id, record.recordId);
  }

  /** Applications whose records were there and are not any more. */
  async #deleted(
    gone: readonly (readonly [recordId: string, applicationId: string])[],
    told: ReadonlyMap<string, string | null>,
  ): Promise<void> {
    const { db, gateway } = this.#deps;
    for (const [recordId, id] of gone) {
      const application = await applicationById(db, id, 'all');
      if (!application || application.kintoneSeq === 0) continue;
      const there = await gateway.changes.byReceipt(this.#app, [application.receiptNumber]);
      if (there.length > 0) continue;
      await this.#tell(application, 'deleted', {
        who: told.get(recordId) ?? null,
        at: null,
        fields: [],
        after: { deleted: recordId },
      });
    }
  }

  async #sweep(): Promise<void> {
    const { db, gateway } = this.#deps;
    const kept = await keptReceipts(db, this.#app);
    if (kept.size === 0) return;
    const there = await gateway.changes.receiptNumbers(this.#app);
    const gone = [...kept].filter(([receiptNumber]) => !there.has(receiptNumber));
    await this.#deleted(
      gone.map(([, { recordId, applicationId }]) => [recordId ?? '', applicationId]),
      new Map(),
    );
  }

  async #tell(application: Application, kind: KintoneChangeKind, detail: ChangeDetail): Promise<void> {
    const found = { applicationId: application.id, receiptNumber: application.receiptNumber, kind, detail };
    if (this.#options.dry) {
      this.#found.push(found);
      return;
    }
    const { db, keyring } = this.#deps;
    const changeId = await keepChange(db, keyring, { applicationId: application.id, kind, detail });
    this.#found.push({ ...found, changeId });
  }
}
