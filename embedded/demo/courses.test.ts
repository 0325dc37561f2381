import { describe, expect, it } from 'vitest';
import { foldEnrolment } from '../../domain/enrolment/fold.ts';
import { checkNeed } from '../../domain/enrolment/needs.ts';
import { DEFAULT_PARAMETERS } from '../../domain/procedures/definition.ts';
import { missingDocuments } from '../../domain/procedures/documents.ts';
import { exampleOf } from '../../domain/procedures/examples/index.ts';
import { PROCEDURES, procedureOf } from '../../domain/procedures/registry.ts';
import { validateAnswers } from '../../domain/procedures/validate.ts';
import { COURSES, courseAnswers } from './courses.ts';
import { demoFamily } from './families.ts';

const DAYS = ['2026-04-01', '2026-11-24', '2027-03-31', '2028-02-29'];

describe('courses of the demo', () => {
  it('have every procedure', () => {
    const filed = COURSES.flatMap(({ steps }) => steps.map(({ procedure }) => procedure));
    expect(new Set(filed)).toEqual(new Set(PROCEDURES.map(({ code }) => code)));
  });

  it.each(DAYS)('are valid on %s, with every document, and can be filed one after the other', (today) => {
    for (const [index, { title, steps }] of COURSES.entries()) {
      const family = demoFamily(80 + index);
      const entries = [];
      const open = [];
      for (const [position, { procedure, approved }] of steps.entries()) {
        const definition = procedureOf(procedure)!;
        const answers = courseAnswers(procedure, family, today);
        const documents = procedure === 'admission' ? family.documents : exampleOf(procedure).documents;
        const where = `${title} ${procedure}`;
        expect(validateAnswers(definition, answers, 'ja', { today }), where).toEqual([]);
        expect(missingDocuments(definition, answers, documents), where).toEqual([]);
        const hints = definition.intakeHints(answers, documents, { today, parameters: DEFAULT_PARAMETERS });
        expect(
          hints.filter(({ code }) => code === 'gradeDiffers'),
          where,
        ).toEqual([]);
        const target = definition.cancels?.(answers);
        const answer = checkNeed(definition.needs, {
          today,
          enrolment: foldEnrolment(Number(answers['fiscal_year']), entries),
          open,
          ...(target ? { cancels: { procedure: target } } : {}),
        });
        expect(answer.kind, where).not.toBe('refused');
        const applicationId = `${index}-${position}`;
        const effect = definition.effectOf(answers);
        if (!approved) open.push({ applicationId, receiptNumber: applicationId, procedure });
        else if (effect) {
          const decidedAt = `${today}T0${position}:00:00.000Z`;
          entries.push({ applicationId, receiptNumber: applicationId, decidedAt, effect });
        }
      }
    }
  });
});
