import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { isCriteria, wardSettingLabel, WARD_SETTINGS } from '../../domain/settings/ward.ts';
import {
  CriteriaCode,
  PlainSettingCode,
  WardSettingCode,
  WardSettingResponse,
  WardSettingsResponse,
  PreviewSettingRequest,
  PreviewSettingResponse,
  SaveSettingRequest,
} from '../contract/settings.ts';
import type { ApiDeps } from '../deps.ts';
import { audit, staffOf } from '../plugins/session.ts';
import { notFound } from '../problems.ts';
import { previewCalendar, previewCriteria } from '../services/settings-reach.ts';
import { checkProposal, saveWardSetting, tellOpenApplications, wardSetting } from '../services/settings.ts';
import { letterSample, officeSample, windowSample } from '../services/settings-samples.ts';
import { previewDeadlines, previewFees, previewYearChange } from '../services/settings-preview.ts';
import { unaudited } from '../unaudited.ts';
import { sendBytes } from './files.ts';

const OneKey = z.object({ key: WardSettingCode });
const readers = { access: ['leader', 'ward'] as const };
const editors = { access: ['ward'] as const };
const tags = ['staff'];

/** What the ward sets, each change a new edition: fees, deadlines, its envelopes, who writes to families (domain.md, "Defaults"). */
export const settingRoutes =
  (deps: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/staff/settings',
      {
        config: { ...readers, ...unaudited.nothingPersonal },
        schema: { tags, summary: '区の設定の一覧', response: { 200: WardSettingsResponse } },
      },
      async (request) => {
        const mayEdit = staffOf(request).role === 'ward';
        const settings = await Promise.all(WARD_SETTINGS.map((key) => wardSetting(deps, key, mayEdit)));
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
        schema: { tags, summary: '区の設定', params: OneKey, response: { 200: WardSettingResponse } },
      },
      async (request) => {
        const { key } = request.params;
        await audit(request, deps, { action: 'read', subject: { kind: 'setting', id: key } });
        return wardSetting(deps, key, staffOf(request).role === 'ward');
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
          response: { 200: WardSettingResponse },
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
        await saveWardSetting(deps, key, request.body, staffOf(request).id);
        if (key === 'calendar' || key === 'deadlines') await tellOpenApplications(deps);
        return wardSetting(deps, key, true);
      },
    );

    app.post(
      '/api/staff/settings/:key/preview',
      {
        config: { ...readers, ...unaudited.nothingPersonal },
        schema: {
          tags,
          summary: '区の設定を変えると何が変わるか',
          params: z.object({
            key: z.union([
              PlainSettingCode.extract(['fees', 'yearChange', 'deadlines', 'calendar']),
              CriteriaCode,
            ]),
          }),
          body: PreviewSettingRequest,
          response: { 200: PreviewSettingResponse },
        },
      },
      async (request) => {
        const { key } = request.params;
        const { validFrom } = request.body;
        await audit(request, deps, { action: 'preview', subject: { kind: 'setting', id: key } });
        if (isCriteria(key)) {
          return previewCriteria(deps, key, checkProposal(key, request.body), validFrom);
        }
        switch (key) {
          case 'calendar':
            return previewCalendar(deps, checkProposal(key, request.body));
          case 'fees':
            return previewFees(deps, checkProposal(key, request.body), validFrom);
          case 'yearChange':
            return previewYearChange(deps, checkProposal(key, request.body), validFrom);
          case 'deadlines':
            return previewDeadlines(deps, checkProposal(key, request.body));
        }
      },
    );

    app.post(
      '/api/staff/settings/:key/sample',
      {
        config: readers,
        schema: {
          tags,
          summary: '区の設定の見本（PDF）',
          params: z.object({
            key: PlainSettingCode.extract(['envelopeWindow', 'letter.deficiency', 'office']),
          }),
          body: PreviewSettingRequest,
        },
      },
      async (request, reply) => {
        const { key } = request.params;
        await audit(request, deps, { action: 'preview', subject: { kind: 'setting', id: key } });
        const sample = async (): Promise<Buffer> => {
          switch (key) {
            case 'envelopeWindow':
              return windowSample(deps, checkProposal(key, request.body));
            case 'letter.deficiency':
              return letterSample(deps, checkProposal(key, request.body));
            case 'office':
              return officeSample(deps, checkProposal(key, request.body));
          }
        };
        const pdf = await sample();
        const name = `見本_${wardSettingLabel(key)}.pdf`;
        const file = { name, contentType: 'application/pdf', size: pdf.length };
        return sendBytes(reply, file, Readable.from([pdf]), false);
      },
    );
  };
