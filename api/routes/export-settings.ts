import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { EXPORT_ROLES, EXPORT_WARD_ROLES } from '../../domain/exports/runs.ts';
import type { SettingValues } from '../../store/setting-values.ts';
import { saveSetting, SettingChangedError, settingHistory, type Setting } from '../../store/settings.ts';
import { ExportSettingKey, ExportSettingResponse, SaveExportSettingRequest } from '../contract/exports.ts';
import type { ApiDeps } from '../deps.ts';
import { audit, staffOf } from '../plugins/session.ts';
import { notFound, ProblemError } from '../problems.ts';
import { unaudited } from '../unaudited.ts';
import { loadPeople, type People } from '../views/people.ts';

const OneKey = z.object({ key: ExportSettingKey });
const tags = ['exports'];

/** What the ward sets about exports: profiles, replacements, how long files are kept. Each saving is a new edition. */
export const exportSettingRoutes =
  (deps: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    async function answer(key: ExportSettingKey) {
      const history = (await settingHistory(deps.db, key)) as readonly Setting[];
      const [newest] = history;
      if (!newest) throw notFound();
      const people = await loadPeople(
        deps,
        history.map((one) => one.changedBy),
      );
      return {
        ...edition(newest, people),
        key,
        value: newest.value as unknown,
        history: history.slice(0, 50).map((one) => edition(one, people)),
      };
    }

    app.get(
      '/api/staff/exports/settings/:key',
      {
        config: { access: EXPORT_ROLES, ...unaudited.nothingPersonal },
        schema: { tags, summary: '出力の設定', params: OneKey, response: { 200: ExportSettingResponse } },
      },
      async (request) => answer(request.params.key),
    );

    app.put(
      '/api/staff/exports/settings/:key',
      {
        config: { access: EXPORT_WARD_ROLES },
        schema: {
          tags,
          summary: '出力の設定の変更',
          params: OneKey,
          body: SaveExportSettingRequest,
          response: { 200: ExportSettingResponse },
        },
      },
      async (request) => {
        const { key } = request.params;
        const { value, basedOn, note } = request.body;
        const trail = { step: 'settingSaved', key, version: basedOn + 1 };
        await audit(request, deps, { action: 'export', detail: trail });
        try {
          await saveSetting(deps.db, {
            key,
            // Checked by the setting's own schema.
            value: value as SettingValues[typeof key],
            basedOn,
            note,
            changedBy: staffOf(request).id,
          });
        } catch (error) {
          if (error instanceof SettingChangedError)
            throw new ProblemError('settingChanged', { cause: error });
          if (!(error instanceof z.ZodError)) throw error;
          throw new ProblemError('invalid', {
            detail: '入力した内容を確認してください。',
            errors: error.issues.map((issue) => ({
              path: ['value', ...issue.path].join('.'),
              message: issue.message,
            })),
          });
        }
        return answer(key);
      },
    );
  };

function edition({ version, changedBy, changedAt, note }: Setting, people: People) {
  return { version, isDefault: changedBy === null, changedBy: people.refOrNull(changedBy), changedAt, note };
}
