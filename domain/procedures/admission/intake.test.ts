import { describe, expect, it } from 'vitest';
import { defaultCalendar } from '../../calendar/holidays.ts';
import { LOCALES, withoutFurigana } from '../../texts/locale.ts';
import { ADMISSION } from '../admission.ts';
import { DEFAULT_PARAMETERS, type CriteriaParameters, type IntakeContext } from '../definition.ts';
import { ADMISSION_EXAMPLE as EXAMPLE, ADMISSION_EXAMPLE_DOCUMENTS } from '../example.ts';
import { fieldOf } from '../fields.ts';
import { measureOf } from './hours.ts';

const CONTEXT: IntakeContext = { today: '2026-11-09', parameters: DEFAULT_PARAMETERS };

function hints(
  over: object = {},
  documents: readonly string[] = ADMISSION_EXAMPLE_DOCUMENTS,
  context = CONTEXT,
) {
  return ADMISSION.intakeHints({ ...EXAMPLE, ...over }, documents, context);
}
const codes = (...given: Parameters<typeof hints>) => hints(...given).map(({ code }) => code);
const by = (parameters: Partial<CriteriaParameters>): IntakeContext => ({
  ...CONTEXT,
  parameters: { ...DEFAULT_PARAMETERS, ...parameters },
});
const all = ADMISSION_EXAMPLE_DOCUMENTS;

describe('what the machine sees at intake (Q15)', () => {
  it('is nothing in the example', () => {
    expect(hints()).toEqual([]);
  });

  it.each([
    ['2020-04-02', 1, []],
    ['2020-04-01', 1, ['gradeDiffers']],
    ['2020-04-01', 2, []],
    ['2021-04-01', 1, []],
    ['2021-04-02', 1, ['gradeDiffers']],
    ['2015-04-01', 6, ['gradeDiffers', 'gradeNotEligible']],
  ])('compares the birthday %s with grade %i: %j', (child_birth_date, grade, expected) => {
    expect(codes({ child_birth_date, grade })).toEqual(expected);
  });

  it('says the right grade, and where a child is not in primary school', () => {
    const said = (child_birth_date: string) => hints({ child_birth_date })[0]?.forReviewer;
    expect(said('2018-06-15')).toContain('2027年度は3年生');
    expect(said('2022-06-15')).toContain('就学前');
    expect(said('2012-06-15')).toContain('小学校卒業後');
  });

  it('takes grade 4 and above only with individual consideration, as far as the ward says', () => {
    const fourth = { grade: 4, child_birth_date: '2017-06-15' };
    expect(codes(fourth)).toEqual(['gradeNotEligible']);
    const considered = { ...fourth, special_consideration: true };
    expect(codes(considered)).toEqual(['gradeWithConsideration']);
    expect(codes(considered, all, by({ consideredGrades: [1, 3] }))).toEqual(['gradeNotEligible']);
    expect(codes(fourth, all, by({ regularGrades: [1, 4] }))).toEqual([]);
  });

  it('sees days, hours and end below the criteria, for each guardian', () => {
    expect(codes({ guardian1_days_per_week: 2.9 })).toEqual(['daysBelowCriteria']);
    expect(codes({ guardian1_days_per_week: 3 })).toEqual([]);
    expect(codes({ guardian1_hours_per_week: 14.9 })).toEqual(['hoursBelowCriteria']);
    expect(codes({ guardian1_hours_per_week: 15 })).toEqual([]);
    expect(codes({ guardian1_end_time: '14:59' })).toEqual(['endsTooEarly']);
    expect(codes({ guardian1_end_time: '15:00' })).toEqual([]);
    const second = hints({
      guardian2_days_per_week: 1,
      guardian2_hours_per_week: 4,
      guardian2_end_time: '12:00',
    });
    expect(second.map(({ field, criterionId }) => [field, criterionId])).toEqual([
      ['guardian2_days_per_week', 'guardian2_reason'],
      ['guardian2_hours_per_week', 'guardian2_reason'],
      ['guardian2_end_time', 'guardian2_reason'],
    ]);
  });

  it('counts breaks and commuting as the ward does', () => {
    // Five days with an hour's break and 45 minutes' way: 16 hours alone, 21 with breaks, 23.5 with the way.
    const week = { guardian1_hours_per_week: 16, guardian1_end_time: '14:30' };
    expect(codes(week)).toEqual(['endsTooEarly']);
    expect(codes(week, all, by({ breaksCount: false }))).toEqual(['hoursBelowCriteria', 'endsTooEarly']);
    expect(codes(week, all, by({ breaksCount: false, commuteCounts: true }))).toEqual([]);
    const measured = (parameters: Partial<CriteriaParameters>) =>
      measureOf(1, { ...EXAMPLE, ...week }, { ...DEFAULT_PARAMETERS, ...parameters });
    expect(measured({})).toEqual({ days: 5, hours: 21, endsAt: '14:30', basis: '休憩を含む・通勤を除く' });
    expect(measured({ breaksCount: false, commuteCounts: true })).toEqual({
      days: 5,
      hours: 23.5,
      endsAt: '15:15',
      basis: '休憩を除く・通勤を含む',
    });
  });

  it('does not run past midnight, and measures nothing that is not measured', () => {
    const late = { ...EXAMPLE, guardian1_end_time: '23:50' };
    expect(measureOf(1, late, { ...DEFAULT_PARAMETERS, commuteCounts: true })?.endsAt).toBe('23:59');
    expect(measureOf(1, { ...EXAMPLE, guardian1_reason: 'illness' }, DEFAULT_PARAMETERS)).toBeUndefined();
    expect(measureOf(1, { guardian1_reason: 'work' }, DEFAULT_PARAMETERS)).toBeUndefined();
  });

  it('names reasons that do not count, or that somebody has to look at', () => {
    const reason = (guardian1_reason: string, over = {}) =>
      codes({ guardian1_reason, ...over }).filter((c) => c !== 'documentMissing');
    expect(reason('job_seeking')).toEqual(['reasonNotCounted']);
    expect(reason('childcare_leave')).toEqual(['reasonNotCounted']);
    expect(reason('other')).toEqual(['reasonOther']);
    expect(reason('illness', { guardian1_illness_kind: 'other' })).toEqual(['illnessAtHome']);
    expect(reason('illness', { guardian1_illness_kind: 'hospital' })).toEqual([]);
    expect(reason('maternity')).toEqual([]);
    expect(codes({ has_guardian2: false, guardian2_reason: 'job_seeking' })).not.toContain(
      'reasonNotCounted',
    );
  });

  it.each([
    ['2027-03-31', ['startOutsideYear']],
    ['2027-04-01', []],
    ['2028-03-31', []],
    ['2028-04-03', ['startOutsideYear']],
    ['2027-04-04', ['startOnClosedDay']],
    ['2028-01-03', ['startOnClosedDay']],
    ['2028-01-04', []],
  ])('looks at the first day %s: %j', (start_date, expected) => {
    expect(codes({ start_date })).toEqual(expected);
  });

  it('knows holidays where it is given the calendar', () => {
    const start = { start_date: '2027-05-03' };
    expect(codes(start)).toEqual([]);
    expect(codes(start, all, { ...CONTEXT, calendar: defaultCalendar(2026, 2028) })).toEqual([
      'startOnClosedDay',
    ]);
  });

  it('sees a first day before the job or the move', () => {
    expect(codes({ guardian1_work_starts_on: '2027-04-02' })).toEqual(['startBeforeReason']);
    expect(codes({ guardian1_work_starts_on: '2027-04-01' })).toEqual([]);
    expect(hints({ move_in_date: '2027-05-01' })[0]?.field).toBe('move_in_date');
  });

  it('looks at address, school and emergency number', () => {
    expect(codes({ residence: 'outside', school_kind: 'private' })).toEqual(['outsideWard']);
    expect(codes({ residence: 'outside' })).toEqual([]);
    expect(codes({ guardian1_address_city: '東京都目黒区' })).toEqual(['addressDiffers']);
    const [first] = EXAMPLE['emergency_contacts'] as readonly object[];
    expect(codes({ emergency_contacts: [{ ...first, contact_phone: '09000000001' }] })).toEqual([
      'samePhone',
    ]);
  });

  it('names each missing document under the criterion that asks for it', () => {
    const found = hints({}, ['timetable_2']);
    expect(found.map(({ code, document }) => [code, document])).toEqual([
      ['documentMissing', 'employment_certificate_1'],
      ['documentMissing', 'school_certificate_2'],
    ]);
    const family = {
      residence: 'moving_in',
      special_consideration: true,
      child_handbooks: ['physical'],
      has_guardian2: false,
      no_guardian2_reason: 'posted_away',
    };
    const criteria = new Map(ADMISSION.criteria.map((criterion) => [criterion.id, criterion]));
    const missing = [...hints({}, []), ...hints(family, [])].filter(({ document }) => document);
    expect(missing.length).toBeGreaterThan(5);
    for (const { document, criterionId } of missing) {
      expect(criteria.get(criterionId ?? '')?.documents, document).toContain(document);
    }
  });

  it('points at fields and criteria that there are, and tells the family what to do in three languages', () => {
    const wrong = {
      grade: 5,
      start_date: '2026-01-03',
      residence: 'outside',
      school_kind: 'private',
      guardian1_reason: 'job_seeking',
      guardian2_days_per_week: 1,
      guardian2_hours_per_week: 1,
      guardian2_end_time: '10:00',
      guardian1_work_starts_on: '2027-05-01',
    };
    const found = hints(wrong, []);
    expect(found.length).toBeGreaterThan(9);
    for (const { field, criterionId, forApplicant, forReviewer } of found) {
      if (field !== undefined) expect(fieldOf(ADMISSION, field), field).toBeDefined();
      expect(ADMISSION.criteria.map(({ id }) => id)).toContain(criterionId);
      expect(forReviewer).toMatch(/。$/u);
      for (const locale of forApplicant ? LOCALES : []) {
        const words = withoutFurigana(forApplicant?.[locale] ?? '');
        expect(words).toMatch(locale === 'en' ? /\.$/u : /。$/u);
        expect(words).not.toMatch(/[{}|]|undefined|NaN/u);
      }
    }
  });

  it('never objects to half a form', () => {
    expect(ADMISSION.intakeHints({}, [], CONTEXT)).toEqual([]);
    for (const code of Object.keys(EXAMPLE)) {
      const { [code]: _gone, ...rest } = EXAMPLE;
      expect(() => ADMISSION.intakeHints(rest, [], CONTEXT), code).not.toThrow();
    }
  });
});
