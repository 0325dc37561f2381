import { fiscalYearOf, tokyoDate, type LocalDate } from '../../domain/calendar/dates.ts';
import { fileNameOf } from '../../domain/exports/file-name.ts';
import { mayDo, offeredActions, type RunAction } from '../../domain/exports/runs.ts';
import { noteText, problemText } from '../../domain/exports/texts.ts';
import { codePointsOf } from '../../domain/exports/write.ts';
import type { StaffActor } from '../../domain/people/actor.ts';
import {
  basisOf,
  createExportRun,
  exportReport,
  exportRun,
  ExportStateError,
  moveRun,
  nextExportNumber,
  unconfirmedRuns,
  withdrawalReason,
  type ExportReport,
  type ExportRun,
} from '../../store/exports.ts';
import { answerFiles, resultCounts } from '../../store/export-results.ts';
import { newestSetting, settingEdition } from '../../store/settings.ts';
import type {
  ExportDetailResponse,
  ExportFinding,
  ExportRunInfo,
  NewExportRequest,
} from '../contract/exports.ts';
import type { ApiDeps } from '../deps.ts';
import { notFound, ProblemError } from '../problems.ts';
import { loadPeople, type People } from '../views/people.ts';

const FAILURES: Readonly<Record<string, string>> = {
  'Kintone.final': 'kintone が読み出しを拒みました。アプリの設定と権限を確認してください。',
  NoProfile: '様式がなくなっています。新しい様式でやり直してください。',
};
const UNKNOWN_FAILURE =
  '予期しない誤りで準備できませんでした。やり直しても同じ場合は、システムの担当者に連絡してください。';

/** A prepared file whose data is older than this is prepared again: decisions have gone on. */
const READY_FOR_MS = 24 * 3_600_000;

/** The run, or 404. */
export async function runById(deps: ApiDeps, id: string): Promise<ExportRun> {
  const run = await exportRun(deps.db, id);
  if (!run || run.state === 'discarded') throw notFound();
  return run;
}

/** The people that runs name. */
export function peopleOfRuns(deps: ApiDeps, runs: readonly ExportRun[]): Promise<People> {
  return loadPeople(
    deps,
    runs.flatMap((run) => [run.createdBy, run.madeBy, run.confirmedBy, run.withdrawnBy]),
  );
}

export function runInfo(run: ExportRun, people: People, reader: StaffActor): ExportRunInfo {
  const { basis: _basis, replacementsVersion: _replacements, ...rest } = run;
  const actions = offeredActions(run.state, reader.role);
  return {
    ...rest,
    failure: run.failure === null ? null : (FAILURES[run.failure] ?? UNKNOWN_FAILURE),
    createdBy: people.ref(run.createdBy),
    madeBy: people.refOrNull(run.madeBy),
    confirmedBy: people.refOrNull(run.confirmedBy),
    withdrawnBy: people.refOrNull(run.withdrawnBy),
    actions: run.erasedAt === null ? [...actions] : actions.filter((action) => action !== 'download'),
  };
}

/** Begins a run with the profile as it is now, and has a worker prepare it. */
export async function beginRun(
  deps: ApiDeps,
  reader: StaffActor,
  { profileId, scope, fiscalYear }: NewExportRequest,
): Promise<ExportRun> {
  const [profiles, replacements] = await Promise.all([
    newestSetting(deps.db, 'exportProfiles'),
    newestSetting(deps.db, 'exportReplacements'),
  ]);
  const profile = profiles?.value.find((one) => one.id === profileId && one.active);
  if (!profiles || !replacements || !profile) throw notFound();
  const run = await createExportRun(deps.db, {
    profileId,
    profileName: profile.name,
    profileVersion: profiles.version,
    replacementsVersion: replacements.version,
    scope,
    fiscalYear,
    createdBy: reader.id,
  });
  try {
    if (!deps.exports) throw new Error('no way to the workers');
    await deps.exports.prepare(run.id);
  } catch (error) {
    await moveRun(deps.db, run.id, ['preparing'], { state: 'discarded' }).catch(() => undefined);
    throw new ProblemError('unavailable', { cause: error, retryAfterSeconds: 10 });
  }
  return run;
}

/** Refuses what the run's state or the reader's role does not allow. */
export function assertMay(action: RunAction, run: ExportRun, reader: StaffActor): void {
  const answer = mayDo(action, run.state, reader.role);
  if (answer === 'notYourRole') throw new ProblemError('forbidden');
  if (answer === 'wrongState') throw new ProblemError('exportMovedOn');
}

/** Runs a change of state; somebody else's that came first is told. */
export async function moving<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ExportStateError) throw new ProblemError('exportMovedOn', { cause: error });
    throw error;
  }
}

/**
 * Gives the prepared file its number and its name: from now on it is a file of the ward's, the same at every download. Refused
 * where another file of the profile was confirmed since, or the data is a day old.
 */
export async function makeRun(deps: ApiDeps, run: ExportRun, reader: StaffActor): Promise<ExportRun> {
  assertMay('make', run, reader);
  const now = deps.now();
  if (now.getTime() - Date.parse(run.preparedAt ?? run.createdAt) > READY_FOR_MS) {
    throw new ProblemError('exportOutdated', {
      detail: '準備してから1日を過ぎています。もう一度、準備してください。',
    });
  }
  const profiles = await settingEdition(deps.db, 'exportProfiles', run.profileVersion);
  const profile = profiles.find((one) => one.id === run.profileId);
  if (!profile) throw new ProblemError('exportMovedOn');
  return moving(() =>
    deps.db.transaction().execute(async (trx) => {
      const number = await nextExportNumber(trx);
      if (run.scope === 'changes' && (await basisOf(trx, run.profileId)) !== run.basis) {
        throw new ProblemError('exportOutdated', {
          detail:
            '準備のあとに、同じ様式の別の出力の受入が確認または取り消されました。もう一度、準備してください。',
        });
      }
      const day: LocalDate = tokyoDate(now.toISOString());
      const time = new Date(now.getTime() + 9 * 3_600_000).toISOString().slice(11, 16);
      const fileName = fileNameOf(profile.fileName, profile.extension, {
        number,
        day,
        time,
        fiscalYear: run.fiscalYear ?? fiscalYearOf(day),
        count: run.lines ?? 0,
      });
      return moveRun(trx, run.id, ['ready'], {
        state: 'made',
        number,
        file_name: fileName,
        made_by: reader.id,
        made_at: now,
      });
    }),
  );
}

/** Everything about a run for its page. Reading it is recorded by the route. */
export async function runDetail(
  deps: ApiDeps,
  run: ExportRun,
  reader: StaffActor,
): Promise<ExportDetailResponse> {
  const [report, results, files, withdrawnReason, unconfirmed] = await Promise.all([
    exportReport(deps.db, deps.keyring, run.id),
    resultCounts(deps.db, run.id),
    answerFiles(deps.db, run.id),
    withdrawalReason(deps.db, deps.keyring, run.id),
    unconfirmedRuns(deps.db, run.profileId),
  ]);
  const people = await loadPeople(deps, [
    run.createdBy,
    run.madeBy,
    run.confirmedBy,
    run.withdrawnBy,
    ...files.map((file) => file.importedBy),
  ]);
  return {
    run: runInfo(run, people, reader),
    firstLines: [...(report?.firstLines ?? [])],
    problems: (report?.problems ?? []).map((problem): ExportFinding => ({
      receiptNumber: problem.receiptNumber,
      line: problem.line,
      column: problem.column,
      text: problemText(problem),
      character: problem.kind === 'character' ? problem.character : null,
    })),
    notes: (report?.notes ?? []).map((note): ExportFinding => ({
      receiptNumber: note.receiptNumber,
      line: note.line,
      column: note.column,
      text: noteText(note),
      character: null,
    })),
    lacking: lackingOf(report),
    results,
    answerFiles: files.map((file) => ({ ...file, importedBy: people.ref(file.importedBy) })),
    withdrawnReason,
    unconfirmed: unconfirmed.filter((number) => number !== run.number),
  };
}

function lackingOf(report: ExportReport | undefined): ExportDetailResponse['lacking'] {
  const counts = new Map<string, number>();
  for (const problem of report?.problems ?? []) {
    if (problem.kind !== 'character') continue;
    counts.set(problem.character, (counts.get(problem.character) ?? 0) + 1);
  }
  return [...counts].map(([character, count]) => ({ character, codePoints: codePointsOf(character), count }));
}
