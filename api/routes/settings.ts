import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { DATED_SETTINGS } from '../../domain/settings/dated.ts';
import {
  DatedSettingCode,
  DatedSettingResponse,
  DatedSettingsResponse,
  PreviewSettingRequest,
  PreviewSettingResponse,
  SaveSettingRequest,
} from '../contract/settings.ts';
import type { ApiDeps } from '../deps.ts';
import { audit, staffOf } from '../plugins/session.ts';
import { notFound } from '../problems.ts';
import { checkProposal, datedSetting, saveDatedSetting, windowSample } from '../services/dated-settings.ts';
import { previewFees, previewYearChange } from '../services/settings-preview.ts';
import { unaudited } from '../unaudited.ts';
import { sendBytes } from './files.ts';

const OneKey = z.object({ key: DatedSettingCode });
const readers = { access: ['leader', 'ward'] as const };
const editors = { access: ['ward'] as const };
const tags = ['staff'];

/** What the ward sets from a day on: fees, what goes on at the change of the year, its envelopes (domain.md, "Defaults"). */
export const settingRoutes =
  (deps: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/staff/settings',
      {
        config: { ...readers, ...unaudited.nothingPersonal },
        schema: { tags, summary: '区の設定の一覧', response: { 200: DatedSettingsResponse } },
      },
      async (request) => {
        const mayEdit = staffOf(request).role === 'ward';
        const settings = await Promise.all(DATED_SETTINGS.map((key) => datedSetting(deps, key, mayEdit)));
        return {
          settings: settings.map(({ key, label, editions }) => {
            const inForce = editions.find(({ standing }) => standing === 'inForce');
            if (!inForce) throw notFound();
            const coming = editions.filter(({ standing }) => standing === 'coming');
            const days = coming.flatMap(({ validFrom }) => validFrom ?? []).toSorted();
            return { key, label, inForce, nextFrom: days[0] ?? null };
          }),
          mayEdit,
        };
      },
    );

    app.get(
      '/api/staff/settings/:key',
      {
        config: readers,
        schema: { tags, summary: '区の設定', params: OneKey, response: { 200: DatedSettingResponse } },
      },
      async (request) => {
        const { key } = request.params;
        await audit(request, deps, { action: 'read', subject: { kind: 'setting', id: key } });
        return datedSetting(deps, key, staffOf(request).role === 'ward');
      },
    );

    app.put(
      '/api/staff/settings/:key',
      {
        config: editors,
        schema: {
          tags,
          summary: '区の設定の変更',
          params: OneKey,
          body: SaveSettingRequest,
          response: { 200: DatedSettingResponse },
        },
      },
      async (request) => {
        const { key } = request.params;
        const { basedOn, validFrom } = request.body;
        checkProposal(key, request.body);
        await audit(request, deps, {
          action: 'settingChanged',
          subject: { kind: 'setting', id: key },
          detail: { basedOn, validFrom },
        });
        await saveDatedSetting(deps, key, request.body, staffOf(request).id);
        return datedSetting(deps, key, true);
      },
    );

    app.post(
      '/api/staff/settings/:key/preview',
      {
        config: { ...readers, ...unaudited.nothingPersonal },
        schema: {
          tags,
          summary: '区の設定を変えると何が変わるか',
          params: z.object({ key: DatedSettingCode.exclude(['envelopeWindow']) }),
          body: PreviewSettingRequest,
          response: { 200: PreviewSettingResponse },
        },
      },
      async (request) => {
        const { key } = request.params;
        const { validFrom } = request.body;
        await audit(request, deps, { action: 'preview', subject: { kind: 'setting', id: key } });
        return key === 'fees'
          ? previewFees(deps, checkProposal(key, request.body), validFrom)
          : previewYearChange(deps, checkProposal(key, request.body), validFrom);
      },
    );

    app.post(
      '/api/staff/settings/envelopeWindow/sample',
      {
        config: readers,
        schema: { tags, summary: '封筒の窓の見本（PDF）', body: PreviewSettingRequest },
      },
      async (request, reply) => {
        const window = checkProposal('envelopeWindow', request.body);
        await audit(request, deps, {
          action: 'preview',
          subject: { kind: 'setting', id: 'envelopeWindow' },
        });
        const pdf = await windowSample(deps, window);
        const file = { name: '見本_封筒の窓.pdf', contentType: 'application/pdf', size: pdf.length };
        return sendBytes(reply, file, Readable.from([pdf]), false);
      },
    );
  };
