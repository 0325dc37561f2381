import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { addTexts, discardTexts } from '../../store/texts.ts';
import { discardChange } from '../../store/versions.ts';
import { dropReviewDrafts } from '../../store/review-drafts.ts';
import { openWhile } from '../access.ts';
import { Id } from '../contract/common.ts';
import { ActRequest, ActResponse, type StaffActionType } from '../contract/staff-actions.ts';
import type { ApiDeps } from '../deps.ts';
import { audit, staffOf } from '../plugins/session.ts';
import { isRefusalCode, ProblemError } from '../problems.ts';
import { keepChildFindable } from '../services/child-index.ts';
import { keepCorrection } from '../services/corrections.ts';
import { withPlace } from '../services/place-of.ts';
import { prepareAction } from '../services/staff-actions.ts';

/** The stage whose unfinished checklists an action makes void. */
const REVIEW_DONE: Readonly<Partial<Record<StaffActionType, string>>> = {
  confirmEntry: 'entryCheck',
  completeFirstReview: 'firstReview',
  agreeSecondReview: 'secondReview',
  returnToFirst: 'secondReview',
};

/** Everything that staff do to an application, through its workflow, which decides (Q09, Q16–Q21). */
export const staffActionRoutes =
  (deps: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, keyring } = deps;
    app.post(
      '/api/staff/applications/:id/actions',
      {
        config: { access: ['operator', 'leader', 'ward'] },
        schema: {
          tags: ['staff'],
          summary: '申請への操作',
          params: z.object({ id: Id }),
          body: ActRequest,
          response: { 200: ActResponse },
        },
      },
      async (request) => {
        const actor = staffOf(request);
        const { actionId, action: body } = request.body;
        const detail = {
          type: body.type,
          actionId,
          ...(body.type === 'decide' && body.outOfTurn === true ? { outOfTurn: true } : {}),
        };
        const purpose = { action: 'act', detail } as const;
        // Preparing only reads; nothing is kept or sent before the entry is in the trail.
        const { application, given } = await openWhile(
          request,
          deps,
          request.params.id,
          purpose,
          async (application) => ({
            application,
            given: await prepareAction(deps, application, actor.id, { actionId, action: body }),
          }),
        );
        const { texts } = given;
        const place =
          given.action.type === 'decide' && body.type === 'decide' && actor.role === 'ward'
            ? await withPlace(deps, application, given.action, body.outOfTurn === true)
            : undefined;
        const action = place?.action ?? given.action;
        const isCorrection =
          (action.type === 'correctEntry' || action.type === 'correctMinor') && body.type === action.type;
        try {
          if (isCorrection) await keepCorrection(deps, application, actor, action, body);
          await addTexts(db, keyring, texts);
          const result = await deps.temporal.act(application, actor, action, actionId);
          if (isCorrection || action.type === 'settleKintoneChange') {
            await keepChildFindable(deps, application);
          }
          await forgetDrafts(application.id, body.type);
          await place?.release();
          return { applicationId: application.id, ...result };
        } catch (error) {
          // Only a refusal is certain; anything else may have been accepted, and then its content has to stay.
          if (!(error instanceof ProblemError) || !isRefusalCode(error.code)) throw error;
          await place?.release();
          await audit(request, deps, {
            action: 'denied',
            subject: { kind: 'application', id: application.id },
            detail: { ...detail, refusal: error.code },
          });
          await discardTexts(
            db,
            application.id,
            texts.map((text) => text.id),
          );
          if (isCorrection) await discardChange(db, action.correctionId);
          throw error;
        }
      },
    );

    async function forgetDrafts(applicationId: string, type: StaffActionType): Promise<void> {
      const stage = REVIEW_DONE[type];
      if (stage === undefined) return;
      try {
        await dropReviewDrafts(db, applicationId, stage);
      } catch (error) {
        // The action is done; an old checklist is no reason to say otherwise.
        deps.log.warn({ err: error, applicationId }, 'unfinished checklists were not removed');
      }
    }
  };
