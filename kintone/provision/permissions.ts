import { isDeepStrictEqual } from 'node:util';
import { aclOf, type AppRight, type FieldRight, type RecordRight } from '../access/acl.ts';
import { fieldsOfApp, type KintoneApp } from '../apps/model.ts';
import type { Compare } from './changes.ts';
import { appRightsInWords, fieldRightsInWords, recordRightsInWords } from './rights-in-words.ts';

const entityOf = ({ entity }: { entity: { type: string; code: string | null } }) =>
  entity.type === 'CREATOR' ? 'CREATOR' : `${entity.type} ${entity.code ?? ''}`;

const labelOf = (app: KintoneApp) => {
  const labels = new Map(fieldsOfApp(app).map(({ code, label }) => [code, label]));
  return (code: string) => labels.get(code) ?? code;
};

const appShape = (rights: readonly AppRight[]) =>
  rights.map((right) => [
    entityOf(right),
    right.includeSubs,
    right.appEditable,
    right.recordViewable,
    right.recordAddable,
    right.recordEditable,
    right.recordDeletable,
    right.recordImportable,
    right.recordExportable,
  ]);

const recordShape = (rights: readonly RecordRight[]) =>
  rights.map(({ filterCond, entities }) => [
    filterCond.replace(/\s+/g, ' ').trim(),
    entities.map((right) => [
      entityOf(right),
      right.viewable,
      right.editable,
      right.deletable,
      right.includeSubs,
    ]),
  ]);

const fieldShape = (rights: readonly FieldRight[]) =>
  rights.map(({ code, entities }) => [
    code,
    entities.map((right) => [entityOf(right), right.accessibility, right.includeSubs]),
  ]);

/** Who may open the app. Permissions are the table's alone: what people set in kintone itself does not stay. */
export const compareAppAcl: Compare = ({ app, access }, state) => {
  if (!access) return undefined;
  const { app: rights } = aclOf(app, access.table, access.known);
  if (isDeepStrictEqual(appShape(state.appAcl), appShape(rights))) return undefined;
  return {
    changes: [{ effect: 'change', what: `アプリのアクセス権（${appRightsInWords(state.appAcl, rights)}）` }],
    run: async (client, id) => {
      const sent = rights.map(({ entity, ...right }) => ({
        ...right,
        entity: entity.type === 'CREATOR' ? { type: entity.type } : entity,
      }));
      await client.app.updateAppAcl({ app: id, rights: sent as never });
    },
  };
};

/** Which records who sees: one rule a 新BOP. */
export const compareRecordAcl: Compare = ({ app, access }, state) => {
  if (!access) return undefined;
  const { records } = aclOf(app, access.table, access.known);
  if (isDeepStrictEqual(recordShape(state.recordAcl), recordShape(records))) return undefined;
  return {
    changes: [
      { effect: 'change', what: `レコードのアクセス権（${recordRightsInWords(state.recordAcl, records)}）` },
    ],
    run: async (client, id) => {
      await client.app.updateRecordAcl({ app: id, rights: records as never });
    },
  };
};

/** What is read-only, and what is hidden from whom. */
export const compareFieldAcl: Compare = ({ app, access }, state) => {
  if (!access) return undefined;
  const { fields } = aclOf(app, access.table, access.known);
  if (isDeepStrictEqual(fieldShape(state.fieldAcl), fieldShape(fields))) return undefined;
  return {
    changes: [
      {
        effect: 'change',
        what: `フィールドのアクセス権（${fieldRightsInWords(state.fieldAcl, fields, labelOf(app))}）`,
      },
    ],
    run: async (client, id) => {
      await client.app.updateFieldAcl({ app: id, rights: fields as never });
    },
  };
};
