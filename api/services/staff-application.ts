import type { FastifyRequest } from 'fastify';
import { releaseDay } from '../../domain/application/deadlines.ts';
import { isEnded, type ApplicationState } from '../../domain/application/state.ts';
import { summaryOf } from '../../domain/application/summary.ts';
import { applicantView } from '../../domain/application/timeline.ts';
import { seesAll, type StaffActor } from '../../domain/people/actor.ts';
import type { Application } from '../../store/applications.ts';
import { acceptedSourceOf, textRefsOf } from '../../store/events.ts';
import { filesOfApplication, type FileRecord } from '../../store/files.ts';
import { intakeOf } from '../../store/intake.ts';
import { lettersOf } from '../../store/letters.ts';
import { mailsOf } from '../../store/mails.ts';
import { paperOfApplication } from '../../store/paper-entries.ts';
import { acceptedVersions, stillWaiting, type WaitingVersion } from '../../store/versions.ts';
import type { StaffApplication, VersionView } from '../contract/staff.ts';
import type { ApiDeps } from '../deps.ts';
import { checklistOf, hintViews, reviewViews, type TextOf } from '../views/checklist.ts';
import { fileInfo } from '../views/files.ts';
import { loadPeople, peopleIn, type People } from '../views/people.ts';
import {
  actionViews,
  contactViews,
  entryReturnedView,
  escalationViews,
  mailViews,
  noteViews,
  paperView,
  requestView,
  timelineViews,
} from '../views/records.ts';
import { applicationRow } from '../views/rows.ts';
import {
  currentAnswers,
  namesFromAnswers,
  namesOf,
  textsOf,
  versionDetails,
  type VersionDetail,
} from './content.ts';
import { kintoneChanges } from './kintone-changes.ts';
import { lookAlikesFor } from './look-alikes.ts';
import { editionOf } from './my-applications.ts';
import { definitionOf, historyOf, type History } from './state.ts';

/** An application with everything that staff work with (Q09–Q21). */
export async function staffApplication(
  request: FastifyRequest,
  deps: ApiDeps,
  application: Application,
  reader: StaffActor,
): Promise<StaffApplication> {
  const { db, keyring } = deps;
  const definition = definitionOf(application);
  // First, so that what is shown beside it is never older than the event number that the reader's action will name.
  const { events, state } = await historyOf(deps, application);
  const [accepted, files, criteria, intake, mails, letters, paper, inKintone] = await Promise.all([
    acceptedVersions(db, keyring, application.id),
    filesOfApplication(db, keyring, application.id),
    deps.settings.criteria(definition, editionOf(state)),
    intakeOf(db, keyring, application.id),
    mailsOf(db, application.id),
    events.some(asksByLetter) ? lettersOf(db, application.id) : [],
    application.channel === 'paper' ? paperOfApplication(db, application.id) : undefined,
    kintoneChanges(deps, application, state),
  ]);
  const waiting = stillWaiting(accepted);
  const [answers, texts, lookAlikes, people] = await Promise.all([
    currentAnswers(deps, application, waiting),
    loadTexts(deps, application, events, waiting),
    lookAlikesFor(request, deps, intake?.lookAlikes ?? [], application.id),
    loadPeople(deps, [
      ...peopleIn(events),
      ...accepted.map((version) => version.by),
      application.enteredBy,
      paper?.receiverId,
    ]),
  ]);
  const versions = versionDetails(accepted, texts.value);
  const names = answers.value
    ? namesFromAnswers(application.procedure, answers.value)
    : ((await namesOf(deps, [application])).value.get(application.id) ?? {});
  const textOf: TextOf = (ref) => (ref === undefined ? null : (texts.value.get(ref) ?? null));
  const hints = intake?.hints ?? [];
  const reasons = definition.refusalReasons;
  // How many look-alikes there are elsewhere is not told either.
  const outside = !seesAll(reader.role);
  // Halls and 新BOPs learn of a decision with the family.
  const known = outside ? applicantView(state) : state;
  const told = events
    .filter((event) => !outside || !isUntold(event, state))
    .map((event) =>
      event.type === 'intakeChecked' && outside ? { ...event, lookAlikes: lookAlikes.value.length } : event,
    );
  return {
    ...applicationRow({ ...application, ...summaryOf(state) }, names, people, reader.role),
    seq: state.seq,
    dataVersion: state.dataVersion,
    ended: isEnded(state),
    hasMail: state.hasMail,
    enteredBy: people.refOrNull(application.enteredBy),
    paper: paperView(paper, people),
    entryReturned: entryReturnedView(state, people, textOf),
    answers: answers.value as StaffApplication['answers'],
    versions: versions.map((version) => versionView(version, files, people)),
    documents: files.map(fileInfo),
    criteriaVersion: state.settings.criteriaVersion,
    checklist: checklistOf(criteria, answers.value, hints),
    hints: hintViews(hints),
    lookAlikes: lookAlikes.value,
    reviews: reviewViews(events, people, textOf),
    cycle: state.cycle.number,
    request: requestView(state, reader, criteria, textOf, deps.now()),
    escalations: escalationViews(state, people, textOf),
    contacts: contactViews(state, reader, people, textOf),
    notes: noteViews(events, people, textOf),
    mails: mailViews(mails),
    letters: letters.map(({ letterId, requestId, createdAt }) => ({ letterId, requestId, createdAt })),
    decision: decisionView(known, people, textOf, reasons),
    releaseDay: releaseDay(state, deps.now().toISOString()) ?? null,
    effectiveDate: state.settings.effectiveDate !== false,
    related: relatedView(state),
    refusalReasons: reasons.map(({ code, label }) => ({ code, label })),
    kintoneChanges: [...inKintone.open],
    timeline: timelineViews(told, people, {
      person: (id) => people.name(id),
      text: (ref) => texts.value.get(ref) ?? inKintone.words.get(ref),
      criterion: (id) => criteria.find((one) => one.id === id)?.title,
      refusalReason: (code) => reasons.find((one) => one.code === code)?.label,
    }),
    actions: actionViews(state, reader),
    temporalUrl: temporalUrl(deps, application, reader),
    notice: answers.away || texts.away || lookAlikes.away ? 'kintoneAway' : null,
  };
}

/** What people wrote, and the changes in words where the values themselves have gone to kintone. */
function loadTexts(
  deps: ApiDeps,
  application: Application,
  events: History['events'],
  waiting: readonly WaitingVersion[],
) {
  const here = new Set(waiting.map((version) => version.sourceId));
  const carried = events
    .map(acceptedSourceOf)
    .filter((source) => source !== undefined)
    .filter((source) => !here.has(source));
  return textsOf(deps, application, [...events.flatMap(textRefsOf), ...carried]);
}

/** Letters are made of requests by letter only. */
function asksByLetter(event: History['events'][number]): boolean {
  return event.type === 'deficiencyRequested' && event.request.method === 'letter';
}

function versionView(version: VersionDetail, files: readonly FileRecord[], people: People): VersionView {
  const { changes, before } = version;
  const fields = [...new Set([...Object.keys(before), ...Object.keys(changes)])];
  return {
    version: version.version,
    kind: version.kind,
    at: version.at,
    by: people.refOrNull(version.by) ?? people.actor({ kind: 'system' }),
    changes: fields.map((field) => ({
      field,
      before: (before[field] ?? null) as VersionView['changes'][number]['before'],
      after: (changes[field] ?? null) as VersionView['changes'][number]['after'],
    })),
    text: version.text,
    files: files.filter((file) => file.version === version.version).map(fileInfo),
  };
}

/** A decision, or what is known by one, that waits for the day of its round or was taken back before it. */
function isUntold(event: History['events'][number], state: ApplicationState): boolean {
  if (event.type === 'relatedChanged') return !event.related.ended && event.related.outcome !== 'undecided';
  if (event.type === 'decisionRevised') return true;
  return (
    event.type === 'decided' &&
    event.releaseOn !== undefined &&
    (state.decision?.releasedAt === undefined || event.at !== state.decision.decidedAt)
  );
}

function relatedView({ waitsFor, cancels = [] }: ApplicationState): StaffApplication['related'] {
  const all = [
    ...(waitsFor ? [{ role: 'waitsFor' as const, ...waitsFor }] : []),
    ...cancels.map((one) => ({ role: 'cancels' as const, ...one })),
  ];
  return all.map(({ role, applicationId, receiptNumber, outcome, ended }) => ({
    role,
    applicationId,
    receiptNumber,
    outcome,
    ended,
  }));
}

function decisionView(
  { decision }: ApplicationState,
  people: People,
  textOf: TextOf,
  reasons: readonly { code: string; label: string }[],
): StaffApplication['decision'] {
  if (!decision) return null;
  return {
    outcome: decision.outcome,
    by: people.ref(decision.decidedBy),
    at: decision.decidedAt,
    effectiveFrom: decision.effectiveFrom ?? null,
    reasonCode: decision.reasonCode ?? null,
    reasonLabel: reasons.find((one) => one.code === decision.reasonCode)?.label ?? null,
    reason: textOf(decision.reason),
    releaseOn: decision.releaseOn ?? null,
    releasedAt: decision.releasedAt ?? null,
  };
}

function temporalUrl(deps: ApiDeps, application: Application, reader: StaffActor): string | null {
  const { uiUrl, namespace } = deps.config.temporal;
  if (uiUrl === undefined || (reader.role !== 'leader' && reader.role !== 'ward')) return null;
  const id = encodeURIComponent(application.workflowId);
  return `${uiUrl.replace(/\/$/, '')}/namespaces/${encodeURIComponent(namespace)}/workflows/${id}`;
}
