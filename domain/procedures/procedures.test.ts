import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyAnswersTo } from '../../testing/answers.ts';
import { MAIL_TEMPLATES } from '../application/effects.ts';
import { defaultCalendar } from '../calendar/holidays.ts';
import { foldEnrolment } from '../enrolment/fold.ts';
import { childIdentity, lockKey } from '../intake/identity.ts';
import { similarity, sketchOf } from '../intake/look-alikes.ts';
import { isReceiptNumber, receiptNumberOf } from '../intake/receipt-number.ts';
import { mailContent } from '../mails/content.ts';
import { exampleFacts } from '../mails/preview.ts';
import { LOCALES } from '../texts/locale.ts';
import { applicableCriteria, criterionRefs } from './criteria.ts';
import { DEFAULT_PARAMETERS, type Answers, type ProcedureDefinition } from './definition.ts';
import { missingDocuments, offeredDocuments, requiredDocuments } from './documents.ts';
import { ADMISSION_EXAMPLE } from './examples/admission.ts';
import { EXAMPLES, exampleOf } from './examples/index.ts';
import { askedFields, cleanAnswers, fieldOf, fieldsOf, isRequired } from './fields.ts';
import { summaryRows } from './format.ts';
import { PROCEDURES, procedureOf } from './registry.ts';
import { answersSchema } from './schema.ts';
import { validateAnswers } from './validate.ts';

const CONTEXT = {
  today: '2027-04-10',
  parameters: DEFAULT_PARAMETERS,
  calendar: defaultCalendar(2026, 2028),
};
const NEXT_YEAR = { today: '2026-11-09', fiscalYears: [2026, 2027] };
const DECIDED = '2027-05-20T03:00:00.000Z';

const problemsOf = (definition: ProcedureDefinition, answers: Answers) =>
  validateAnswers(definition, answers, 'ja', CONTEXT);

describe.each(EXAMPLES.map((example) => [`${example.procedure} ${example.name}`, example] as const))(
  '%s',
  (_name, { procedure, answers, documents }) => {
    const definition = procedureOf(procedure)!;

    it('has nothing wrong in it, as it is kept', () => {
      expect(problemsOf(definition, answers)).toEqual([]);
      expect(cleanAnswers(definition, answers)).toStrictEqual(answers);
      expect(answersSchema(definition).safeParse(answers).success).toBe(true);
      expect(missingDocuments(definition, answers, documents)).toEqual([]);
      expect(offeredDocuments(definition, answers).map(({ type }) => type)).toEqual(
        expect.arrayContaining([...documents]),
      );
      expect(definition.intakeHints(answers, documents, CONTEXT)).toEqual([]);
    });

    it('needs the documents that it names, and every answer that is required', () => {
      expect(requiredDocuments(definition, answers).map(({ type }) => type)).toEqual(
        requiredDocuments(definition, answers)
          .map(({ type }) => type)
          .filter((type) => documents.includes(type)),
      );
      const missing = definition
        .intakeHints(answers, [], CONTEXT)
        .filter(({ code }) => code === 'documentMissing')
        .map(({ document }) => document);
      expect(missing).toEqual(requiredDocuments(definition, answers).map(({ type }) => type));
      for (const field of askedFields(definition, answers).filter((f) => isRequired(f, answers))) {
        const without = { ...answers, [field.code]: undefined };
        expect(
          problemsOf(definition, without).map((problem) => problem.field),
          field.code,
        ).toContain(field.code);
      }
    });

    it('has a child, a lock of its own, a number, a checklist, words in three languages', () => {
      const parts = {
        procedure,
        fiscalYear: Number(answers[definition.roles.fiscalYear]),
        childKey: 'child',
        ...(definition.lockPeriod ? { period: definition.lockPeriod(answers) } : {}),
      };
      expect(childIdentity(definition, answers)).toBe(
        childIdentity(procedureOf('admission')!, ADMISSION_EXAMPLE),
      );
      expect(lockKey(parts)).toContain(`${procedure}:2027:child`);
      expect(isReceiptNumber(receiptNumberOf(definition.letter, 2027, 123))).toBe(true);
      expect(applicableCriteria(definition.criteria, answers).length).toBeGreaterThanOrEqual(3);
      expect(criterionRefs(definition.criteria).some(({ required }) => required)).toBe(true);
      for (const locale of LOCALES) {
        const rows = summaryRows(definition, answers, locale).flatMap((section) => section.rows);
        expect(rows.map(({ field }) => field)).toEqual(
          askedFields(definition, answers).map(({ code }) => code),
        );
        for (const { field, value } of rows)
          if (answers[field] !== undefined) expect(value, field).not.toBe('');
      }
    });

    it('is seen beside the admission of the same child, not as a double of another', () => {
      const admission = sketchOf(procedureOf('admission')!, ADMISSION_EXAMPLE);
      expect(similarity(sketchOf(definition, answers), admission)).toMatchObject({ kind: 'duplicate' });
    });

    it('does to an enrolment what it says', () => {
      const effect = definition.effectOf(answers);
      expect(effect === undefined).toBe(['certificate', 'cancellation'].includes(procedure));
      if (!effect) return;
      const before = ['admission', 'extendedUse', 'withdrawal']
        .filter((code) => code !== procedure)
        .filter((code) => code !== 'withdrawal' || procedure === 'withdrawalDateChange')
        .map((code, index) => ({
          applicationId: code,
          receiptNumber: `A27-00000${index}-0`,
          decidedAt: `2027-05-1${index}T03:00:00.000Z`,
          effect: procedureOf(code)!.effectOf(exampleOf(code).answers)!,
        }));
      const entry = { applicationId: 'this', receiptNumber: 'X', decidedAt: DECIDED, effect };
      const { history } = foldEnrolment(2027, [...before, entry]);
      expect(history.find((line) => line.entry === entry)).toEqual({ entry });
    });
  },
);

describe('examples', () => {
  it('are there for every procedure and every reason of a fee reduction', () => {
    expect(PROCEDURES.map(({ code }) => exampleOf(code).procedure)).toEqual(
      PROCEDURES.map(({ code }) => code),
    );
    const reasons = EXAMPLES.map(({ answers }) => answers['reduction_reason']).filter(
      (one) => one !== undefined,
    );
    const field = fieldOf(procedureOf('feeReduction')!, 'reduction_reason');
    expect(field?.kind === 'choice' && field.options.map(({ value }) => value)).toEqual(reasons);
    expect(() => exampleOf('nothing')).toThrow('no example');
  });

  it('can be filed in the year before, too', () => {
    for (const { procedure, answers } of EXAMPLES) {
      expect(validateAnswers(procedureOf(procedure)!, answers, 'ja', NEXT_YEAR), procedure).toEqual([]);
    }
  });
});

describe.each(PROCEDURES.map((definition) => [definition.code, definition] as const))(
  '%s, whatever is answered',
  (code, definition) => {
    const anything = anyAnswersTo(definition);
    const criteria = new Map(definition.criteria.map((criterion) => [criterion.id, criterion]));
    const runs = { numRuns: code === 'admission' ? 25 : 60 };

    it('is checked without an error, each problem at a field that is asked, in three languages', () => {
      fc.assert(
        fc.property(anything, (answers) => {
          const clean = cleanAnswers(definition, answers);
          expect(cleanAnswers(definition, clean)).toStrictEqual(clean);
          const asked = askedFields(definition, clean).map((field) => field.code);
          const found = LOCALES.map((locale) => validateAnswers(definition, answers, locale, CONTEXT));
          for (const problems of found) {
            expect(problems.map(({ field }) => field)).toEqual(found[0]?.map(({ field }) => field));
            for (const { field, message } of problems) {
              expect(asked).toContain(field.replace(/\[.*/u, ''));
              expect(message).toMatch(/\S/u);
            }
          }
          for (const locale of LOCALES) expect(() => summaryRows(definition, clean, locale)).not.toThrow();
        }),
        runs,
      );
    });

    it('is seen at intake without an error; what is seen is about what there is', () => {
      fc.assert(
        fc.property(anything, fc.boolean(), (answers, whole) => {
          const clean = cleanAnswers(definition, answers);
          const documents = whole ? definition.documents.map(({ type }) => type) : [];
          for (const hint of definition.intakeHints(clean, documents, CONTEXT)) {
            const criterion = criteria.get(hint.criterionId ?? '');
            expect(criterion, hint.code).toBeDefined();
            if (hint.field) expect(fieldOf(definition, hint.field), hint.field).toBeDefined();
            if (hint.document) expect(criterion?.documents, hint.code).toContain(hint.document);
            expect(hint.forReviewer).not.toMatch(/undefined|NaN|\[object/u);
            for (const locale of LOCALES)
              if (hint.forApplicant) expect(hint.forApplicant[locale]).toMatch(/\S/u);
          }
        }),
        runs,
      );
    });

    it('has an effect that can be folded, and a lock', () => {
      fc.assert(
        fc.property(anything, (answers) => {
          const clean = cleanAnswers(definition, answers);
          const right = validateAnswers(definition, clean, 'ja', CONTEXT).map(({ field }) => field);
          const effect = definition.effectOf(clean);
          if (effect) {
            const entry = { applicationId: 'a', receiptNumber: 'X', decidedAt: DECIDED, effect };
            expect(() => foldEnrolment(2027, [entry])).not.toThrow();
          }
          const period = definition.lockPeriod?.(clean);
          if (period !== undefined && right.length === 0) expect(period).toMatch(/^[A-Za-z0-9_-]+$/u);
          definition.cancels?.(clean);
          definition.cancelsPeriods?.(clean);
        }),
        runs,
      );
    });

    it('has mails', () => {
      for (const template of MAIL_TEMPLATES) {
        for (const locale of LOCALES) {
          const { subject } = mailContent(template, exampleFacts(template, definition), locale);
          expect(subject).toMatch(/\S/u);
          expect(subject).not.toMatch(/undefined|\[object/u);
        }
      }
    });

    it('has one question for a code: where two procedures share it, it is the same one', () => {
      for (const field of fieldsOf(definition)) {
        for (const other of PROCEDURES) {
          const same = fieldOf(other, field.code);
          if (same) expect([same.kind, same.label], field.code).toEqual([field.kind, field.label]);
        }
      }
    });
  },
);
