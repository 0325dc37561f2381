import { describe, expect, it } from 'vitest';
import { BOPS } from '../../domain/facilities/facilities.ts';
import { missingDocuments } from '../../domain/procedures/documents.ts';
import { procedureOf } from '../../domain/procedures/registry.ts';
import { validateAnswers } from '../../domain/procedures/validate.ts';
import { DEFAULT_PARAMETERS } from '../../domain/procedures/definition.ts';
import { demoFamily, forThisYear } from './families.ts';

const admission = procedureOf('admission')!;
const families = Array.from({ length: 400 }, (_, index) => demoFamily(index));

describe('made-up families', () => {
  it('fill in the form without a mistake and with every document', () => {
    for (const { answers, documents } of families) {
      expect(validateAnswers(admission, answers, 'ja', { today: '2026-11-24' })).toEqual([]);
      expect(missingDocuments(admission, answers, documents)).toEqual([]);
    }
  });

  it('give the machine nothing to complain about', () => {
    for (const { answers, documents } of families.slice(0, 60)) {
      const context = { today: '2026-11-24', parameters: DEFAULT_PARAMETERS };
      const hints = admission.intakeHints(answers, documents, context);
      expect(hints.filter((hint) => hint.severity === 'warning')).toEqual([]);
    }
  });

  it('can ask for the year that runs, on any day of the year', () => {
    for (const today of ['2026-11-24', '2026-12-20', '2027-03-31', '2027-04-01', '2028-02-29']) {
      for (const family of families.slice(0, 30)) {
        const { answers } = forThisYear(family, today);
        expect(validateAnswers(admission, answers, 'ja', { today }), today).toEqual([]);
      }
    }
  });

  it('are all different children, and live at every 新BOP', () => {
    const keys = families.map(({ answers: a }) =>
      JSON.stringify([a['child_family_kana'], a['child_given_kana'], a['child_birth_date']]),
    );
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(families.map((f) => f.bopCode)).size).toBe(BOPS.length);
  });
});
