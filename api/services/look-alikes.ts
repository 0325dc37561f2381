import type { FastifyRequest } from 'fastify';
import { LOOK_ALIKE_LABELS, type LookAlikeReason } from '../../domain/intake/look-alikes.ts';
import type { IntakeFindings } from '../../store/intake.ts';
import { visibleApplication } from '../access.ts';
import type { LookAlikeView } from '../contract/staff.ts';
import type { ApiDeps } from '../deps.ts';
import { audit } from '../plugins/session.ts';
import { answersOfMany, type Loaded } from './content.ts';

/**
 * The possible duplicates that the reader may see, with their content (Q15). Those at other places are left out altogether:
 * that they exist is not the reader's to know (Q03).
 */
export async function lookAlikesFor(
  request: FastifyRequest,
  deps: ApiDeps,
  found: IntakeFindings['lookAlikes'],
  beside: string,
): Promise<Loaded<LookAlikeView[]>> {
  const visible = await Promise.all(found.map((one) => visibleApplication(request, deps, one.applicationId)));
  const applications = visible.filter((one) => one !== undefined);
  for (const { id } of applications) {
    await audit(request, deps, {
      action: 'read',
      subject: { kind: 'application', id },
      detail: { as: 'lookAlike', beside },
    });
  }
  const answers = await answersOfMany(deps, applications);
  const value = applications.map((one) => ({
    applicationId: one.id,
    receiptNumber: one.receiptNumber,
    stage: one.stage,
    receivedAt: one.receivedAt,
    reasons: (found.find(({ applicationId }) => applicationId === one.id)?.reasons ?? []).map(labelOf),
    answers: (answers.value.get(one.id) ?? null) as LookAlikeView['answers'],
  }));
  return { value, away: answers.away };
}

function labelOf(reason: string): string {
  return isKnown(reason) ? LOOK_ALIKE_LABELS[reason] : reason;
}

function isKnown(reason: string): reason is LookAlikeReason {
  return reason in LOOK_ALIKE_LABELS;
}
