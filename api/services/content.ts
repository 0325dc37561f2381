import type { Answers } from '../../domain/procedures/definition.ts';
import { procedureOf } from '../../domain/procedures/registry.ts';
import type { Application } from '../../store/applications.ts';
import { childOf } from '../../store/intake.ts';
import type { VersionKind } from '../../store/schema.ts';
import { waitingTexts } from '../../store/texts.ts';
import {
  applyChanges,
  waitingVersionsOf,
  type AcceptedVersion,
  type WaitingVersion,
} from '../../store/versions.ts';
import type { ApiDeps } from '../deps.ts';
import type { Names } from '../../kintone/gateway/index.ts';
import { isKintoneAway } from './kintone.ts';
import type { RememberedAnswers } from './read-memory.ts';

/** What could be read, and whether kintone was away so that something may be missing. */
export interface Loaded<T> {
  value: T;
  away: boolean;
}

/** Runs a read of kintone; its being away is no error here. */
async function tryKintone<T>(deps: ApiDeps, read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    // A final error is no reason to show nothing either, but somebody has to look at it.
    if (isKintoneAway(error)) deps.log.info({ err: error }, 'kintone is away');
    else deps.log.error({ err: error }, 'kintone could not be read');
    return undefined;
  }
}

/**
 * The newest answers of an application: from the waiting copy while kintone does not have them, from kintone with what
 * waits on top afterwards. Null where kintone is away and needed.
 */
export async function currentAnswers(
  deps: ApiDeps,
  application: Application,
  waiting?: readonly WaitingVersion[],
): Promise<Loaded<Answers | null>> {
  const here = waiting && new Map([[application.id, waiting]]);
  const { value, away } = await answersOfMany(deps, [application], here);
  return { value: value.get(application.id) ?? null, away };
}

/**
 * The newest answers of several applications, by id, with one request to kintone for each procedure.
 * @param waitingHere what waits here of them, by id, where the caller has read it already
 */
export async function answersOfMany(
  deps: ApiDeps,
  applications: readonly Application[],
  waitingHere?: ReadonlyMap<string, readonly WaitingVersion[]>,
): Promise<Loaded<ReadonlyMap<string, Answers>>> {
  const value = new Map<string, Answers>();
  const carried: { application: Application; waiting: readonly WaitingVersion[] }[] = [];
  const ids = applications.map((application) => application.id);
  const here = waitingHere ?? (await waitingVersionsOf(deps.db, deps.keyring, ids));
  for (const application of applications) {
    const waiting = here.get(application.id) ?? [];
    const filed = waiting.find((version) => version.kind === 'filed');
    if (!filed) carried.push({ application, waiting });
    else {
      const later = waiting.filter((version) => version !== filed);
      const answers = applyChanges(filed.content.answers, later);
      value.set(application.id, answers);
      // kintone will have just these in a moment: whoever looks next need not ask it.
      deps.memory?.keepAnswers(application.receiptNumber, { dataVersion: newestOf(waiting, 0), answers });
    }
  }
  for (const procedure of new Set(carried.map((one) => one.application.procedure))) {
    const wanted = carried.filter((one) => one.application.procedure === procedure);
    const records = await recordedAnswers(deps, procedure, wanted);
    for (const { application, waiting } of wanted) {
      const base = records.get(application.receiptNumber);
      if (!base) continue;
      const later = waiting.filter((version) => version.version > base.dataVersion);
      const answers = applyChanges(base.answers, later);
      value.set(application.id, answers);
      if (later.length === 0) continue;
      const dataVersion = newestOf(later, base.dataVersion);
      deps.memory?.advance(application.receiptNumber, { dataVersion, answers });
    }
  }
  return { value, away: value.size < applications.length };
}

function newestOf(versions: readonly WaitingVersion[], known: number): number {
  return Math.max(known, ...versions.map(({ version }) => version));
}

/** Answers of one procedure, remembered or read in one request; those that could not be had are missing. */
async function recordedAnswers(
  deps: ApiDeps,
  procedure: string,
  wanted: readonly { application: Application; waiting: readonly WaitingVersion[] }[],
): Promise<ReadonlyMap<string, RememberedAnswers>> {
  const found = new Map<string, RememberedAnswers>();
  for (const { application, waiting } of wanted) {
    const { receiptNumber, dataVersion } = application;
    const versions = waiting.map((one) => one.version);
    const remembered = deps.memory?.answers(receiptNumber, dataVersion, versions);
    if (remembered) found.set(receiptNumber, remembered);
  }
  const missing = wanted.map((one) => one.application.receiptNumber).filter((number) => !found.has(number));
  if (missing.length === 0) return found;
  const read = await tryKintone(deps, () => deps.kintone.readApplications(procedure, missing));
  for (const [receiptNumber, record] of read ?? []) deps.memory?.keepAnswers(receiptNumber, record);
  return new Map([...found, ...(read ?? [])]);
}

/** One version of the data with what it changed. */
export interface VersionDetail {
  version: number;
  kind: VersionKind;
  at: string;
  by: string | null;
  sourceId: string;
  /** Empty once kintone has it: `text` then says the change in words. */
  changes: Answers;
  before: Answers;
  text: string | null;
}

/** Every accepted version with its changes. */
export function versionDetails(
  versions: readonly AcceptedVersion[],
  texts: ReadonlyMap<string, string>,
): readonly VersionDetail[] {
  return versions.map(({ version, kind, at, by, sourceId, content: waiting }): VersionDetail => {
    const content = kind === 'filed' ? undefined : waiting;
    return {
      version,
      kind,
      at,
      by,
      sourceId,
      changes: content?.answers ?? {},
      before: content?.before ?? {},
      text: content ? null : (texts.get(sourceId) ?? null),
    };
  });
}

/** What people wrote, by reference; from kintone only where something is not here any more. */
export async function textsOf(
  deps: ApiDeps,
  application: Application,
  refs: readonly string[],
): Promise<Loaded<ReadonlyMap<string, string>>> {
  if (refs.length === 0) return { value: new Map(), away: false };
  const waiting = await waitingTexts(deps.db, deps.keyring, application.id);
  const value = new Map([...waiting].map(([id, text]) => [id, text.content]));
  for (const [id, content] of value) deps.memory?.keepText(id, content);
  for (const ref of refs) {
    const known = deps.memory?.text(ref);
    if (known !== undefined && !value.has(ref)) value.set(ref, known);
  }
  if (refs.every((ref) => value.has(ref))) return { value, away: false };
  const carried = await tryKintone(deps, () => deps.kintone.readTexts(application.receiptNumber));
  for (const { id, content } of carried ?? []) {
    if (!value.has(id)) value.set(id, content);
    deps.memory?.keepText(id, content);
  }
  return { value, away: carried === undefined };
}

/** Names for a page of a list: one request to kintone, the waiting copies for what it does not have yet. */
export async function namesOf(
  deps: ApiDeps,
  applications: readonly Application[],
): Promise<Loaded<ReadonlyMap<string, Partial<Names>>>> {
  if (applications.length === 0) return { value: new Map(), away: false };
  const value = new Map<string, Partial<Names>>();
  const carried = applications.filter((application) => application.kintoneSeq > 0);
  const fromKintone =
    carried.length === 0
      ? new Map<string, Names>()
      : await tryKintone(deps, () => deps.kintone.readNames(carried));
  const others = applications.filter((one) => fromKintone?.has(one.receiptNumber) !== true);
  const ids = others.map((application) => application.id);
  const waiting = await waitingVersionsOf(deps.db, deps.keyring, ids);
  for (const application of applications) {
    const names = fromKintone?.get(application.receiptNumber);
    value.set(
      application.id,
      names ?? (await waitingNames(deps, application, waiting.get(application.id) ?? [])),
    );
  }
  return { value, away: fromKintone === undefined };
}

async function waitingNames(
  deps: ApiDeps,
  application: Application,
  waiting: readonly WaitingVersion[],
): Promise<Partial<Names>> {
  const filed = waiting.find((version) => version.kind === 'filed');
  if (filed) {
    return namesFromAnswers(application.procedure, applyChanges(filed.content.answers, waiting.slice(1)));
  }
  // Carried, and kintone does not answer: the child's name is also in the index of look-alikes.
  const child = await childOf(deps.db, deps.keyring, application.id);
  return child
    ? {
        childName: `${child.familyName} ${child.givenName}`,
        childKana: `${child.familyKana} ${child.givenKana}`,
      }
    : {};
}

/** Names by the roles of the procedure's fields. */
export function namesFromAnswers(procedure: string, answers: Answers): Names {
  const roles = procedureOf(procedure)?.roles;
  const read = (...codes: (string | undefined)[]) =>
    codes
      .map((code) => (code === undefined ? undefined : answers[code]))
      .filter((value) => typeof value === 'string')
      .join(' ');
  return {
    childName: read(roles?.childFamilyName, roles?.childGivenName),
    childKana: read(roles?.childFamilyKana, roles?.childGivenKana),
    applicantName: read(roles?.applicantFamilyName, roles?.applicantGivenName),
  };
}
