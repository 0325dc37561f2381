import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { NOTICE_KINDS, NOTICE_LABELS, proceduresOfKind } from '../../domain/notices/kinds.ts';
import { answerPlaceholders, NUMBER_PLACEHOLDERS, PLACEHOLDERS } from '../../domain/notices/template.ts';
import { PROCEDURES } from '../../domain/procedures/registry.ts';
import {
  saveSetting,
  SettingChangedError,
  settingAt,
  settingHistory,
  type Setting,
} from '../../store/settings.ts';
import {
  NoticeKindCode,
  PreviewTemplateRequest,
  SaveTemplateRequest,
  TemplateResponse,
  TemplatesResponse,
} from '../contract/notices.ts';
import type { ApiDeps } from '../deps.ts';
import { audit, staffOf } from '../plugins/session.ts';
import { ProblemError } from '../problems.ts';
import { checkTemplate, previewPdf } from '../services/notice-templates.ts';
import { unaudited } from '../unaudited.ts';
import { loadPeople, type People } from '../views/people.ts';
import { sendBytes } from './files.ts';

const OneKind = z.object({ kind: NoticeKindCode });
const readers = { access: ['leader', 'ward'] as const };
const editors = { access: ['ward'] as const };
const tags = ['staff'];

const list = (names: Readonly<Record<string, string>>) =>
  Object.entries(names).map(([name, label]) => ({ name, label }));

/** The ward's templates of notices: what it edits, looks at, and what stood there before (Q22). */
export const noticeTemplateRoutes =
  (deps: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const now = () => deps.now().toISOString();

    app.get(
      '/api/staff/notice-templates',
      {
        config: readers,
        schema: { tags, summary: '通知書の文面の一覧', response: { 200: TemplatesResponse } },
      },
      async (request) => {
        await audit(request, deps, { action: 'list', subject: { kind: 'list', id: 'noticeTemplates' } });
        const settings = await Promise.all(
          NOTICE_KINDS.map((kind) => settingAt(deps.db, `notice:${kind}`, now())),
        );
        const people = await loadPeople(
          deps,
          settings.map((setting) => setting.changedBy),
        );
        return {
          templates: NOTICE_KINDS.flatMap((kind, index) => {
            const setting = settings[index];
            return setting ? [{ kind, label: NOTICE_LABELS[kind], ...edition(setting, people) }] : [];
          }),
          mayEdit: staffOf(request).role === 'ward',
        };
      },
    );

    async function answer(
      kind: z.output<typeof NoticeKindCode>,
      mayEdit: boolean,
    ): Promise<TemplateResponse> {
      const history = await settingHistory(deps.db, `notice:${kind}`);
      const newest = history[0];
      if (!newest) throw new ProblemError('notFound');
      const people = await loadPeople(
        deps,
        history.map((setting) => setting.changedBy),
      );
      const codes = proceduresOfKind(
        kind,
        PROCEDURES.map((procedure) => procedure.code),
      );
      return {
        kind,
        label: NOTICE_LABELS[kind],
        template: body(newest),
        version: newest.version,
        placeholders: list(PLACEHOLDERS),
        answers: [...answerPlaceholders(kind, PROCEDURES)],
        numberPlaceholders: list(NUMBER_PLACEHOLDERS),
        procedures: PROCEDURES.filter(({ code }) => codes.includes(code)).map(({ code, name }) => ({
          code,
          name: name.ja,
        })),
        history: history.map((setting) => ({ ...edition(setting, people), template: body(setting) })),
        mayEdit,
      };
    }

    app.get(
      '/api/staff/notice-templates/:kind',
      {
        config: readers,
        schema: { tags, summary: '通知書の文面', params: OneKind, response: { 200: TemplateResponse } },
      },
      async (request) => {
        const { kind } = request.params;
        await audit(request, deps, { action: 'read', subject: { kind: 'setting', id: `notice:${kind}` } });
        return answer(kind, staffOf(request).role === 'ward');
      },
    );

    app.put(
      '/api/staff/notice-templates/:kind',
      {
        config: editors,
        schema: {
          tags,
          summary: '通知書の文面の変更',
          params: OneKind,
          body: SaveTemplateRequest,
          response: { 200: TemplateResponse },
        },
      },
      async (request) => {
        const { kind } = request.params;
        const { basedOn, note } = request.body;
        const template = await checkTemplate(deps, kind, request.body.template);
        await audit(request, deps, {
          action: 'settingChanged',
          subject: { kind: 'setting', id: `notice:${kind}` },
          detail: { basedOn },
        });
        try {
          await saveSetting(deps.db, {
            key: `notice:${kind}`,
            value: template,
            basedOn,
            note,
            changedBy: staffOf(request).id,
          });
        } catch (error) {
          if (error instanceof SettingChangedError)
            throw new ProblemError('settingChanged', { cause: error });
          throw error;
        }
        return answer(kind, true);
      },
    );

    app.post(
      '/api/staff/notice-templates/:kind/preview',
      {
        // Of a made-up child; of a real one only after its application has been opened, which is in the trail.
        config: { ...readers, ...unaudited.nothingPersonal },
        schema: {
          tags,
          summary: '通知書の文面の見本（PDF）',
          params: OneKind,
          body: PreviewTemplateRequest,
        },
      },
      async (request, reply) => {
        const { kind } = request.params;
        const { receiptNumber } = request.body;
        const template = await checkTemplate(deps, kind, request.body.template, 'preview');
        const pdf = await previewPdf(request, deps, {
          kind,
          template,
          ...(receiptNumber === undefined || receiptNumber === '' ? {} : { receiptNumber }),
        });
        const file = {
          name: `見本_${NOTICE_LABELS[kind]}.pdf`,
          contentType: 'application/pdf',
          size: pdf.length,
        };
        return sendBytes(reply, file, Readable.from([pdf]), false);
      },
    );
  };

function body(setting: Setting<`notice:${string}`>): TemplateResponse['template'] {
  const { value } = setting;
  return {
    ...value,
    opening: [...value.opening],
    rows: value.rows.map((row) => ({ ...row })),
    closing: [...value.closing],
    objection: { procedures: [...value.objection.procedures], text: [...value.objection.text] },
    sender: [...value.sender],
  };
}

function edition({ version, changedBy, changedAt, note }: Setting, people: People) {
  return { version, isDefault: changedBy === null, changedBy: people.refOrNull(changedBy), changedAt, note };
}
