import { createHash } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import { DecryptionError } from '../../store/crypto.ts';
import type { ExportReport } from '../../store/exports.ts';
import type { ExportProfile, Replacement } from '../../domain/exports/profile.ts';
import { fingerprintText } from '../../domain/exports/record.ts';
import { ExportWriter, type WrittenLine } from '../../domain/exports/write.ts';
import { procedureOf } from '../../domain/procedures/registry.ts';
import {
  addPart,
  beginAttempt,
  clearParts,
  finishPreparation,
  setProgress,
  type ExportAttempt,
  type NewExportRecord,
} from '../../store/export-preparation.ts';
import { acceptedFingerprints, exportRun, moveRun, type ExportRun } from '../../store/exports.ts';
import { settingEdition } from '../../store/settings.ts';
import type { ActivityDeps } from '../deps.ts';
import { countCandidates, eachCandidate } from './candidates.ts';
import { encoderOf } from './encoder.ts';

/** A piece of the file is written when it has so many bytes: none is ever whole in memory. */
const PART_BYTES = 256 * 1024;
const FIRST_LINES = 20;
/** More are counted, and told as a number: nobody reads on from here. */
const LISTED = 2000;

type Deps = Pick<ActivityDeps, 'db' | 'keyring' | 'gateway' | 'log'>;

/**
 * Reads the records of a run and writes its file, piece by piece, encrypted, with checksum, counts and protocol. The file is
 * what the preview shows and what is handed out later. With problems there is no file, only the list of them. Begins anew
 * when it is tried again, and then leaves an attempt before it no more to write; stops when the run was given up.
 */
export function createPrepareExport(
  deps: Deps,
  { partBytes = PART_BYTES }: { partBytes?: number } = {},
): (input: { runId: string }) => Promise<void> {
  return async ({ runId }) => {
    const attempt = await beginAttempt(deps.db, runId);
    const run = attempt === undefined ? undefined : await exportRun(deps.db, runId);
    if (!run || attempt === undefined) return;
    const edition = await settingEdition(deps.db, 'exportProfiles', run.profileVersion);
    const profile = edition.find((one) => one.id === run.profileId);
    if (!profile) throw ApplicationFailure.nonRetryable(`no profile ${run.profileId}`, 'NoProfile');
    const replacements = await settingEdition(deps.db, 'exportReplacements', run.replacementsVersion);
    try {
      await new Preparation(deps, run, attempt, profile, replacements, partBytes).work();
    } catch (error) {
      // Faults of this program or of the data: they would come again at every try.
      const fault = [TypeError, RangeError, DecryptionError].find((kind) => error instanceof kind);
      if (!fault) throw error;
      deps.log.error({ err: error, runId }, 'an export could not be prepared');
      throw ApplicationFailure.nonRetryable((error as Error).message, fault.name);
    }
  };
}

class Preparation {
  readonly #deps: Deps;
  readonly #run: ExportRun;
  readonly #attempt: ExportAttempt;
  readonly #partBytes: number;
  readonly #profile: ExportProfile;
  readonly #writer: ExportWriter;
  readonly #hash = createHash('sha256');
  readonly #report: {
    firstLines: string[];
    problems: ExportReport['problems'][number][];
    notes: ExportReport['notes'][number][];
  } = { firstLines: [], problems: [], notes: [] };
  #bytes: Uint8Array[] = [];
  #waiting = 0;
  #records: NewExportRecord[] = [];
  #parts = 0;
  #size = 0;
  #lines = 0;
  #unchanged = 0;
  #problems = 0;
  #notes = 0;
  #anyLine = false;

  constructor(
    deps: Deps,
    run: ExportRun,
    attempt: string,
    profile: ExportProfile,
    replacements: readonly Replacement[],
    partBytes: number,
  ) {
    this.#deps = deps;
    this.#run = run;
    this.#attempt = { runId: run.id, attempt };
    this.#partBytes = partBytes;
    this.#profile = profile;
    this.#writer = new ExportWriter(profile, encoderOf(profile.encoding), replacements);
  }

  async work(): Promise<void> {
    const { db, keyring } = this.#deps;
    const { profileId, fiscalYear, scope } = this.#run;
    const own = this.#attempt;
    const { basis, known } = await acceptedFingerprints(db, profileId);
    const total = await countCandidates(this.#deps, this.#profile, fiscalYear);
    this.#head();
    let done = 0;
    if (!(await setProgress(db, own, 0, total))) return;
    for await (const page of eachCandidate(this.#deps, this.#profile, fiscalYear)) {
      for (const candidate of page) this.#take(candidate, scope === 'changes' ? known : undefined);
      done += page.length;
      if (!(await this.#flush(this.#partBytes))) return;
      if (!(await setProgress(db, own, done, Math.max(done, total)))) return;
    }
    if (this.#anyLine && this.#profile.endsWithLineEnd) this.#add(this.#writer.lineEnd());
    if (!(await this.#flush(1))) return;
    if (this.#problems > 0) await clearParts(db, own);
    await finishPreparation(db, keyring, own, {
      lines: this.#lines,
      unchanged: this.#unchanged,
      problemCount: this.#problems,
      noteCount: this.#notes,
      sha256: this.#hash.digest('hex'),
      size: this.#size,
      basis,
      report: this.#report,
      now: new Date(),
    });
  }

  #head(): void {
    const head = this.#writer.head();
    if (head.text === '') {
      this.#add(head.bytes ?? new Uint8Array());
      return;
    }
    this.#line(head, { receiptNumber: '', line: 0 });
  }

  #take(
    { record, hasData }: { record: Parameters<ExportWriter['record']>[0]; hasData: boolean },
    known: ReadonlyMap<string, string> | undefined,
  ): void {
    const definition = procedureOf(record.application.procedure);
    if (!definition)
      throw ApplicationFailure.nonRetryable(`no procedure ${record.application.procedure}`, 'NoProcedure');
    const sources = this.#profile.columns.map((column) => column.source);
    const { keyring } = this.#deps;
    const fingerprint = keyring.lookupKey('export', fingerprintText(sources, record, definition));
    if (known?.get(record.key) === fingerprint) {
      this.#unchanged += 1;
      return;
    }
    this.#lines += 1;
    const at = { receiptNumber: record.receiptNumber, line: this.#lines };
    if (!hasData) {
      this.#line({ bytes: undefined, text: '', problems: [{ column: '', kind: 'noData' }], notes: [] }, at);
      return;
    }
    this.#line(this.#writer.record(record, definition, this.#lines), at);
    this.#records.push({
      line: this.#lines,
      recordKey: record.key,
      applicationId: record.application.id,
      receiptNumber: record.receiptNumber,
      fingerprint,
    });
  }

  #line(written: WrittenLine, at: { receiptNumber: string; line: number }): void {
    const { firstLines, problems, notes } = this.#report;
    if (firstLines.length < FIRST_LINES) firstLines.push(written.text);
    this.#problems += written.problems.length;
    this.#notes += written.notes.length;
    for (const problem of written.problems)
      if (problems.length < LISTED) problems.push({ ...at, ...problem });
    for (const note of written.notes) if (notes.length < LISTED) notes.push({ ...at, ...note });
    if (!written.bytes) return;
    if (this.#anyLine) this.#add(this.#writer.lineEnd());
    this.#anyLine = true;
    this.#add(written.bytes);
  }

  #add(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#bytes.push(bytes);
    this.#waiting += bytes.length;
  }

  /** Writes what waits once there is so much of it. @returns false where another attempt has taken over */
  async #flush(atLeast: number): Promise<boolean> {
    // With a problem there will be no file: nothing more is kept for it.
    if (this.#problems > 0) this.#drop();
    if (this.#waiting < atLeast) return true;
    const bytes = Buffer.concat(this.#bytes);
    this.#hash.update(bytes);
    this.#size += bytes.length;
    const { db, keyring } = this.#deps;
    const part = { n: this.#parts, bytes, records: this.#records };
    if (!(await addPart(db, keyring, this.#attempt, part))) return false;
    this.#parts += 1;
    this.#drop();
    return true;
  }

  #drop(): void {
    this.#bytes = [];
    this.#waiting = 0;
    this.#records = [];
  }
}

/** A run that cannot be prepared, whatever is tried. `code` says why; the log has more. */
export function createFailExport({
  db,
}: Pick<Deps, 'db'>): (input: { runId: string; code: string }) => Promise<void> {
  return async ({ runId, code }) => {
    // As an attempt of its own: whoever still works at it writes no more.
    const attempt = await beginAttempt(db, runId);
    if (attempt === undefined) return;
    await moveRun(db, runId, ['preparing'], { state: 'failed', failure: code });
  };
}
