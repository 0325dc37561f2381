import { isTaskOf, type Task } from '../../domain/application/tasks.ts';
import { bopOf, hallOfBop } from '../../domain/facilities/facilities.ts';
import type { StaffRole } from '../../domain/people/actor.ts';
import { TASK_LABELS, TASK_WAITING } from '../../domain/texts/application.ts';
import type { Names } from '../../kintone/gateway/index.ts';
import type { Application } from '../../store/applications.ts';
import type { ApplicationRow } from '../contract/staff.ts';
import type { ApiDeps } from '../deps.ts';
import { namesOf, type Loaded } from '../services/content.ts';
import { loadPeople, type People } from './people.ts';

/** Rows of a list with names: from kintone in one request, from the waiting copies where it has none yet. */
export async function applicationRows(
  deps: ApiDeps,
  applications: readonly Application[],
  role: StaffRole,
): Promise<Loaded<ApplicationRow[]>> {
  const [names, people] = await Promise.all([
    namesOf(deps, applications),
    loadPeople(
      deps,
      applications.flatMap((one) => [one.assignee, one.firstReviewer]),
    ),
  ]);
  const value = applications.map((one) => applicationRow(one, names.value.get(one.id) ?? {}, people, role));
  return { value, away: names.away };
}

/** One row, for a reader of this role: what is their task is an instruction, what is others' is said as waited for. */
export function applicationRow(
  application: Application,
  names: Partial<Names>,
  people: People,
  role: StaffRole,
): ApplicationRow {
  const { bopCode } = application;
  const hall = hallOfBop(bopCode);
  return {
    id: application.id,
    receiptNumber: application.receiptNumber,
    procedure: application.procedure,
    fiscalYear: application.fiscalYear,
    round: application.round,
    channel: application.channel,
    bop: {
      code: bopCode,
      name: bopOf(bopCode)?.name ?? bopCode,
      hallCode: hall?.code ?? '',
      hallName: hall?.name ?? '',
    },
    childName: names.childName ?? null,
    childKana: names.childKana ?? null,
    applicantName: names.applicantName ?? null,
    receivedAt: application.receivedAt,
    updatedAt: application.updatedAt,
    stage: application.stage,
    queues: [...application.queues],
    tasks: application.tasks.map((task) => taskInfo(task, role)),
    assignee: people.refOrNull(application.assignee),
    firstReviewer: people.refOrNull(application.firstReviewer),
    deadline: application.deadline,
    overdue: application.overdue,
  };
}

function taskInfo(task: Task, role: StaffRole): ApplicationRow['tasks'][number] {
  const mine = isTaskOf(task.kind, role);
  return { ...task, mine, label: mine ? TASK_LABELS[task.kind] : TASK_WAITING[task.kind] };
}
