import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { recordsWaiting } from '../../store/enrolment-entries.ts';
import { enrolmentIdOf, type StoredEnrolment } from '../../store/enrolments.ts';
import { PreviewMoveRequest, PreviewMoveResponse, RecordMoveRequest } from '../contract/enrolment-changes.ts';
import { EnrolmentResponse } from '../contract/enrolments.ts';
import type { ApiDeps } from '../deps.ts';
import { audit, staffOf } from '../plugins/session.ts';
import { notFound } from '../problems.ts';
import { enrolmentPage, visibleEnrolment } from '../services/enrolments.ts';
import { previewMove, recordMove } from '../services/school-moves.ts';

/** As `MOVE_ROLES` of the domain. */
const MAY = { access: ['leader', 'ward'] as const };
const params = z.object({ id: z.string().max(120) });

/** A change of school (転校) within the year: what it would do, and its record. */
export const schoolMoveRoutes =
  (deps: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const tags = ['enrolments'];

    const open = async (request: Parameters<typeof staffOf>[0], id: string): Promise<StoredEnrolment> => {
      const stored = await visibleEnrolment(deps, staffOf(request), id);
      if (stored) return stored;
      await audit(request, deps, {
        action: 'denied',
        subject: { kind: 'enrolment', id },
        detail: { for: 'schoolMove' },
      });
      throw notFound();
    };

    app.post(
      '/api/staff/enrolments/:id/school-moves/preview',
      {
        config: MAY,
        schema: {
          tags,
          summary: '転校で何が変わるか',
          params,
          body: PreviewMoveRequest,
          response: { 200: PreviewMoveResponse },
        },
      },
      async (request) => {
        const { id } = request.params;
        const stored = await open(request, id);
        const { bop, from } = request.body;
        await audit(request, deps, {
          action: 'preview',
          subject: { kind: 'enrolment', id },
          detail: { bop, from },
        });
        return previewMove(deps, staffOf(request), stored, { bop, from });
      },
    );

    app.post(
      '/api/staff/enrolments/:id/school-moves',
      {
        config: MAY,
        schema: {
          tags,
          summary: '転校を記録する',
          params,
          body: RecordMoveRequest,
          response: { 201: EnrolmentResponse },
        },
      },
      async (request, reply) => {
        const { id } = request.params;
        const { fiscalYear, childKey } = await open(request, id);
        const { note: _note, ...codes } = request.body;
        await audit(request, deps, {
          action: 'schoolMoved',
          subject: { kind: 'enrolment', id },
          detail: codes,
        });
        await recordMove(deps, staffOf(request), id, request.body);
        for (const one of [id, enrolmentIdOf(fiscalYear + 1, childKey)]) {
          // Another year has something to be carried only where it followed.
          if (!(await recordsWaiting(deps.db, one))) continue;
          try {
            await deps.enrolments.carryEnrolment(one);
          } catch (error) {
            // Recorded is safe: the keeper has it carried as soon as Temporal answers.
            deps.log.warn({ err: error, enrolmentId: one }, 'the change of school is carried later');
          }
        }
        return reply.code(201).send(await enrolmentPage(deps, staffOf(request), await open(request, id)));
      },
    );
  };
