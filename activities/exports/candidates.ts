import type { ExportProfile } from '../../domain/exports/profile.ts';
import type { ExportRecord } from '../../domain/exports/record.ts';
import type { Answers } from '../../domain/procedures/definition.ts';
import { eachApplication, listApplications } from '../../store/application-lists.ts';
import type { Application } from '../../store/applications.ts';
import { countExportedEnrolments, eachExportedEnrolment } from '../../store/export-enrolments.ts';
import { applicationsByIds, lastDecisions } from '../../store/export-sources.ts';
import { applyChanges, waitingVersions } from '../../store/versions.ts';
import type { ActivityDeps } from '../deps.ts';
import { asFailure } from '../failures.ts';

export type Sources = Pick<ActivityDeps, 'db' | 'keyring' | 'gateway'>;

/** A record with the answers that kintone or the waiting copies have; undefined where neither has them. */
export interface Candidate {
  record: ExportRecord;
  hasData: boolean;
}

const PAGE = 100;

/** How many records a profile is about. */
export async function countCandidates(
  { db }: Sources,
  profile: ExportProfile,
  fiscalYear: number | null,
): Promise<number> {
  if (profile.subject === 'applications') {
    let total = 0;
    for (const procedure of profile.procedures) {
      const filter = filterOf(profile, procedure, fiscalYear);
      total += (await listApplications(db, { bops: 'all', filter, limit: 1 })).total;
    }
    return total;
  }
  return countExportedEnrolments(db, { subject: profile.subject, fiscalYear });
}

/**
 * The records of a profile in pages, in an order that stays: by procedure and receipt, or by fiscal year and child. One request
 * to kintone a page (research/kintone.md, 100 keys a query), none where the waiting copies have it all.
 */
export async function* eachCandidate(
  sources: Sources,
  profile: ExportProfile,
  fiscalYear: number | null,
): AsyncGenerator<readonly Candidate[]> {
  if (profile.subject === 'applications') {
    for (const procedure of profile.procedures) {
      const filter = filterOf(profile, procedure, fiscalYear);
      for await (const page of eachApplication(sources.db, { bops: 'all', filter })) {
        yield await candidatesOf(
          sources,
          page.map((application) => ({ application, key: application.id, enrolment: null })),
        );
      }
    }
    return;
  }
  const { subject } = profile;
  for await (const page of eachExportedEnrolment(sources.db, { subject, fiscalYear, limit: PAGE })) {
    const applications = await applicationsByIds(
      sources.db,
      page.map((one) => one.childApplicationId),
    );
    yield await candidatesOf(
      sources,
      page.flatMap(({ key, childApplicationId, enrolment }) => {
        const application = applications.get(childApplicationId);
        return application ? [{ application, key, enrolment }] : [];
      }),
    );
  }
}

function filterOf(profile: ExportProfile, procedure: string, fiscalYear: number | null) {
  return { procedure, stages: profile.stages, ...(fiscalYear === null ? {} : { fiscalYear }) };
}

interface Found {
  application: Application;
  key: string;
  enrolment: ExportRecord['enrolment'];
}

async function candidatesOf(sources: Sources, found: readonly Found[]): Promise<readonly Candidate[]> {
  const applications = found.map((one) => one.application);
  const [answers, decisions] = await Promise.all([
    answersOfPage(sources, applications),
    lastDecisions(
      sources.db,
      applications.map((one) => one.id),
    ),
  ]);
  return found.map(({ application, key, enrolment }) => ({
    hasData: answers.has(application.id),
    record: {
      key,
      receiptNumber: application.receiptNumber,
      application,
      answers: answers.get(application.id) ?? {},
      decision: decisions.get(application.id) ?? null,
      enrolment,
    },
  }));
}

/** The newest answers: from the waiting copies, else from kintone with what waits on top. */
async function answersOfPage(
  { db, keyring, gateway }: Sources,
  applications: readonly Application[],
): Promise<ReadonlyMap<string, Answers>> {
  const answers = new Map<string, Answers>();
  const carried = new Map<string, Application[]>();
  const waiting = new Map(
    await Promise.all(
      applications.map(async ({ id }) => [id, await waitingVersions(db, keyring, id)] as const),
    ),
  );
  for (const application of applications) {
    const [filed, ...later] = waiting.get(application.id) ?? [];
    if (filed?.kind === 'filed') answers.set(application.id, applyChanges(filed.content.answers, later));
    else carried.set(application.procedure, [...(carried.get(application.procedure) ?? []), application]);
  }
  for (const [procedure, group] of carried) {
    const numbers = group.map((one) => one.receiptNumber);
    const records = await gateway
      .readApplications(procedure, numbers)
      .catch((error: unknown) => Promise.reject(asFailure(error)));
    for (const { id, receiptNumber } of group) {
      const base = records.get(receiptNumber);
      if (!base) continue;
      const later = (waiting.get(id) ?? []).filter((version) => version.version > base.dataVersion);
      answers.set(id, applyChanges(base.answers, later));
    }
  }
  return answers;
}
