import { describe, expect, it } from 'vitest';
import { BOPS } from '../../domain/facilities/facilities.ts';
import type { Answers } from '../../domain/procedures/definition.ts';
import { fieldsOf } from '../../domain/procedures/fields.ts';
import { PROCEDURES } from '../../domain/procedures/registry.ts';
import { QUEUES } from '../../domain/application/tasks.ts';
import { QUEUE_LABELS } from '../../domain/texts/application.ts';
import { facilityRecords } from './facilities.ts';
import { appByKey, APPS } from './index.ts';
import { fieldsOfApp, type KintoneField } from './model.ts';
import { answersOf, recordOf } from './values.ts';

const inner = (field: KintoneField): readonly KintoneField[] => [field, ...(field.columns ?? [])];

describe('apps as code', () => {
  it.each(APPS.map((app) => [app.key, app] as const))('%s keeps to the rules of kintone', (_key, app) => {
    const all = fieldsOfApp(app).flatMap(inner);
    const codes = [...all.map((field) => field.code), ...app.groups.map((group) => group.code)];
    expect(codes.filter((code, i) => codes.indexOf(code) !== i)).toEqual([]);
    for (const code of codes) expect(code).toMatch(/^[a-z][a-z0-9_]{0,127}$/);
    expect(all.length).toBeLessThanOrEqual(500);
    expect(app.name.length).toBeLessThanOrEqual(64);
    expect(all.find((field) => field.code === app.recordKey)).toMatchObject({
      type: 'SINGLE_LINE_TEXT',
      unique: true,
    });
    for (const { options = [] } of all) expect(new Set(options).size).toBe(options.length);
    for (const view of app.views) {
      for (const code of view.fields) expect(codes).toContain(code);
      const named = [
        ...view.condition.matchAll(/([a-z_]+) (?:in|=)/g),
        ...view.sort.matchAll(/([a-z_]+) (?:asc|desc)/g),
      ];
      for (const [, code] of named) expect(codes).toContain(code);
    }
    expect(new Set(app.views.map((view) => view.name)).size).toBe(app.views.length);
    for (const { app: key, code, field, relatedField, fields, sort } of app.related ?? []) {
      const there = fieldsOfApp(appByKey(key)).map((one) => one.code);
      expect(codes).toContain(field);
      expect(codes).not.toContain(code);
      expect(there).toEqual(expect.arrayContaining([relatedField, ...fields, sort.split(' ')[0]]));
    }
  });

  it('have names and keys of their own', () => {
    expect(new Set(APPS.map((app) => app.name)).size).toBe(APPS.length);
    expect(new Set(APPS.map((app) => app.key)).size).toBe(APPS.length);
    expect(new Set(BOPS.map((bop) => bop.name)).size).toBe(BOPS.length);
  });
});

describe('lists for the day', () => {
  it('are there for each queue, each hall and each 新BOP, and are never more than kintone takes', () => {
    for (const app of APPS) expect(app.views.length).toBeLessThanOrEqual(1000);
    const named = (key: string) => APPS.find((app) => app.key === key)!.views.map(({ name }) => name);
    for (const { code } of PROCEDURES) {
      expect(named(`application_${code}`)).toEqual(
        expect.arrayContaining(QUEUES.map((queue) => QUEUE_LABELS[queue])),
      );
    }
    for (const key of ['application_admission', 'enrolments']) {
      expect(named(key).filter((name) => name.startsWith('児童館｜'))).toHaveLength(25);
      expect(named(key).filter((name) => name.startsWith('新BOP｜'))).toHaveLength(61);
    }
  });

  it('facilities are all of 別紙1 in its order, each with its place', () => {
    const records = [...facilityRecords()];
    expect(records).toHaveLength(86);
    expect(records.map(([, record]) => record['position']!.value)).toEqual(records.map((_, i) => i + 1));
    const bop = facilityRecords().get('bop-18')!;
    expect(bop).toMatchObject({ name: { value: '駒繫小新BOP' }, bop_code: { value: '18' } });
    const hall = facilityRecords().get(`hall-${bop['hall_code']!.value as string}`)!;
    expect(hall).toMatchObject({
      name: bop['hall_name'],
      kind: { value: '児童館' },
      bop_code: { value: '' },
    });
  });
});

describe('answers in kintone', () => {
  it.each(PROCEDURES.map((procedure) => [procedure.code, procedure] as const))(
    'every kind of answer of %s comes back as it was',
    (_code, procedure) => {
      const fields = fieldsOf(procedure);
      const sample = (field: (typeof fields)[number]): Answers[string] => {
        switch (field.kind) {
          case 'number':
          case 'grade':
            return 2;
          case 'fiscalYear':
            return 2027;
          case 'choice':
            return field.options.at(-1)!.value;
          case 'choices':
            return field.options.slice(0, 2).map((option) => option.value);
          case 'boolean':
            return false;
          case 'consent':
            return true;
          case 'bop':
            return '16';
          case 'date':
            return '2026-04-01';
          case 'time':
            return '09:30';
          case 'table':
            return [
              Object.fromEntries(field.columns.map((column) => [column.code, sample(column)])),
            ] as never;
          default:
            return '髙橋 﨑 𠮷';
        }
      };
      const answers = Object.fromEntries(fields.map((field) => [field.code, sample(field)]));
      expect(answersOf(fields, recordOf(fields, answers))).toEqual(answers);
      expect(answersOf(fields, recordOf(fields, {}))).toEqual({});
    },
  );
});
