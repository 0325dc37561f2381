import { tokyoDate, type LocalDate } from '../../domain/calendar/dates.ts';
import type { EnrolmentEntry, Month } from '../../domain/enrolment/effects.ts';
import type { Enrolment } from '../../domain/enrolment/enrolment.ts';
import { monthOf } from '../../domain/enrolment/months.ts';
import {
  mayGoOverPlaces,
  monthsOverPlaces,
  MOVE_PROBLEM_TEXTS,
  moveProblem,
  withMove,
  type MoveReason,
  type SchoolMove,
} from '../../domain/enrolment/school-move.ts';
import { bopOf } from '../../domain/facilities/facilities.ts';
import type { StaffActor } from '../../domain/people/actor.ts';
import { procedureOf } from '../../domain/procedures/registry.ts';
import { rulesAtBop } from '../../domain/rounds/places.ts';
import { displayDate } from '../../domain/procedures/format-dates.ts';
import { monthName } from '../../domain/texts/rounds.ts';
import { applicationsOfChild } from '../../store/children.ts';
import type { DbOrTransaction } from '../../store/db.ts';
import { lockEnrolment, noteContext, recordAndFollow, recordNotes } from '../../store/enrolment-entries.ts';
import { enrolmentById, type StoredEnrolment } from '../../store/enrolments.ts';
import { takenPlaces } from '../../store/places.ts';
import { newestSetting } from '../../store/settings.ts';
import type { PreviewMoveResponse } from '../contract/enrolment-changes.ts';
import type { ApiDeps } from '../deps.ts';
import { notFound, ProblemError } from '../problems.ts';

const place = (code: string) => ({ code, name: bopOf(code)?.name ?? code });
const periods = ({ admission }: Enrolment) =>
  admission.map(({ bop, from, to }) => ({ bop: place(bop), from, to }));
const ENDED = ['approved', 'refused', 'cancelled'];

interface Recorded {
  id: string;
  by: string;
  at: string;
}

/** The move as an entry of the enrolment. @throws {ProblemError} `invalid` with what to put right, at its field */
function entryOf(stored: StoredEnrolment, move: SchoolMove, { id, by, at }: Recorded): EnrolmentEntry {
  const problem = moveProblem(stored.enrolment, move);
  if (problem) {
    const message = MOVE_PROBLEM_TEXTS[problem.code];
    throw new ProblemError('invalid', { errors: [{ path: problem.field, message }] });
  }
  return {
    applicationId: stored.applicationId,
    receiptNumber: '',
    decidedAt: at,
    effect: { kind: 'moveSchool', bop: move.bop, from: move.from },
    record: { id, source: 'schoolMove', by },
  };
}

/** In which months the new 新BOP has no place of extended use left for the child. */
async function overPlaces(
  db: DbOrTransaction,
  { before, after, move, today }: { before: Enrolment; after: Enrolment; move: SchoolMove; today: LocalDate },
): Promise<readonly Month[]> {
  const setting = await newestSetting(db, 'extendedPlaces');
  if (!setting) throw new Error('setting extendedPlaces has no value; has the system been set up?');
  const { places, dailyTakesPlace } = rulesAtBop(setting.value, move.bop);
  const { fiscalYear } = after;
  const taken =
    (await takenPlaces(db, { fiscalYear, dailyTakesPlace })).get(move.bop) ?? new Map<Month, number>();
  return monthsOverPlaces(
    { before, after, bop: move.bop },
    { places, dailyTakesPlace, taken, from: monthOf(today) },
  );
}

/** What a change of school (転校) would do, for the person who records it. @throws {ProblemError} `invalid` */
export async function previewMove(
  deps: ApiDeps,
  reader: StaffActor,
  stored: StoredEnrolment,
  move: SchoolMove,
): Promise<PreviewMoveResponse> {
  const { db } = deps;
  const at = deps.now().toISOString();
  const { enrolment: before } = stored;
  const after = withMove(before, entryOf(stored, move, { id: 'preview', by: reader.id, at }));
  const [over, applications] = await Promise.all([
    overPlaces(db, { before, after, move, today: tokyoDate(at) }),
    applicationsOfChild(db, stored.childKey, stored.fiscalYear),
  ]);
  const from = displayDate(move.from, 'ja');
  const extended = after.extendedUse.some(({ to }) => to >= monthOf(move.from));
  return {
    before: periods(before),
    after: periods(after),
    over: over.map(monthName),
    mayRecord: over.length === 0 || mayGoOverPlaces(reader.role),
    notes: [
      '在籍・減免・利用料は変わりません。ご家庭の申請は要りません。',
      ...(extended ? ['延長利用は、移った先でもそのまま続きます。'] : []),
      `${from}から、${place(move.bop).name}と、その児童館がこの児童の在籍を見ます。移る前の新BOPは、前日まで見られます。`,
    ],
    open: applications
      .filter(({ stage }) => !ENDED.includes(stage))
      .map(({ receiptNumber, procedure }) => ({
        receiptNumber,
        procedureName: procedureOf(procedure)?.name.ja ?? procedure,
      })),
  };
}

/**
 * Records a change of school: once for its id, only on the enrolment that the person saw, with all that follows of it in one step.
 * @throws {ProblemError} `invalid`, `enrolmentChanged`, `movePlacesFull`
 */
export async function recordMove(
  deps: ApiDeps,
  reader: StaffActor,
  enrolmentId: string,
  given: SchoolMove & { id: string; reason: MoveReason; note: string; revision: number; overPlaces: boolean },
): Promise<void> {
  const { db, keyring } = deps;
  const { id, bop, from, reason, note } = given;
  const move = { bop, from };
  const at = deps.now().toISOString();
  if ((await recordNotes(db, keyring, enrolmentId)).has(id)) return;
  await db.transaction().execute(async (trx) => {
    await lockEnrolment(trx, enrolmentId);
    const stored = await enrolmentById(trx, enrolmentId);
    if (!stored) throw notFound();
    if (stored.revision !== given.revision) throw new ProblemError('enrolmentChanged');
    const entry = entryOf(stored, move, { id, by: reader.id, at });
    const after = withMove(stored.enrolment, entry);
    const over = await overPlaces(trx, { before: stored.enrolment, after, move, today: tokyoDate(at) });
    if (over.length > 0 && !(given.overPlaces && mayGoOverPlaces(reader.role))) {
      const detail = `延長利用の枠がない月：${over.map(monthName).join('、')}`;
      throw new ProblemError('movePlacesFull', { detail });
    }
    const { childKey, fiscalYear } = stored;
    const sealed = keyring.encryptText(note, noteContext(id));
    await recordAndFollow(trx, { childKey, fiscalYear, entry, reason, note: sealed });
  });
}
