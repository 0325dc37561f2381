import { describe, expect, it } from 'vitest';
import {
  carriedOver,
  draftKindOf,
  incompleteOf,
  NO_FINDING,
  proposedFindings,
  toFindings,
  toStored,
  withStored,
} from './model.ts';
import type { ChecklistItem, FindingView } from './model.ts';

const item = (criterionId: string, applies = true): ChecklistItem => ({
  criterionId,
  title: `題${criterionId}`,
  guidance: '',
  required: true,
  applies,
  fields: ['grade'],
  documents: ['certificate'],
  reasons: [],
  hints: [],
});
const checklist = [item('a'), item('b'), item('c', false)];

const view = (criterionId: string, result: FindingView['result']): FindingView => ({
  criterionId,
  result,
  reasonCode: null,
  targets: [],
  applicantNote: null,
  internalNote: null,
});

describe('checklist of a first review', () => {
  it('proposes "not applicable" where a criterion does not concern the application, and nothing else', () => {
    const findings = proposedFindings(checklist);
    expect(findings['a']?.result).toBe('');
    expect(findings['c']?.result).toBe('notApplicable');
    expect(incompleteOf(checklist, findings).map((one) => one.criterionId)).toEqual(['a', 'b']);
  });

  it('wants reason and place of a deficiency, and the ward asked where in doubt', () => {
    const findings = {
      ...proposedFindings(checklist),
      a: { ...NO_FINDING, result: 'deficient' as const },
      b: { ...NO_FINDING, result: 'inDoubt' as const },
    };
    expect(incompleteOf(checklist, findings).map((one) => one.fieldId)).toEqual([
      'criterion-a-reason',
      'criterion-a-targets',
      'criterion-b-question',
    ]);
  });

  it('sends of each finding only what its result has', () => {
    const filled = {
      ...NO_FINDING,
      reasonCode: 'missing',
      targets: ['document:certificate', 'field:grade'],
      applicantNote: ' 全体を写してください ',
      internalNote: '',
    };
    const findings = {
      a: { ...filled, result: 'deficient' as const },
      b: { ...filled, result: 'met' as const },
      c: NO_FINDING,
    };
    expect(toFindings(findings)).toEqual([
      {
        criterionId: 'a',
        result: 'deficient',
        reasonCode: 'missing',
        targets: [
          { kind: 'document', type: 'certificate' },
          { kind: 'field', code: 'grade' },
        ],
        applicantNote: '全体を写してください',
      },
      { criterionId: 'b', result: 'met' },
    ]);
  });

  it('comes back from a saved draft as it was', () => {
    const findings = {
      ...proposedFindings(checklist),
      a: {
        ...NO_FINDING,
        result: 'deficient' as const,
        targets: ['field:grade'],
        applicantNote: '注',
        internalNote: '内',
      },
    };
    expect(withStored(proposedFindings(checklist), toStored(findings))).toEqual(findings);
  });

  it('takes an earlier review over only where nothing has been judged', () => {
    const findings = { ...proposedFindings(checklist), a: { ...NO_FINDING, result: 'met' as const } };
    const carried = carriedOver(findings, [view('a', 'notMet'), view('b', 'notMet'), view('gone', 'met')]);
    expect(carried['a']?.result).toBe('met');
    expect(carried['b']?.result).toBe('notMet');
    expect(carried['gone']).toBeUndefined();
  });
});

describe('which checklist can be filled in', () => {
  const action = (type: string, offered: boolean, code?: string) => ({
    type,
    label: '',
    offered,
    refusal: code === undefined ? null : { code, text: '' },
  });

  it('is the server’s word, also while the ward’s answer is awaited', () => {
    expect(draftKindOf({ actions: [action('completeFirstReview', true)] })).toBe('firstReview');
    expect(
      draftKindOf({
        actions: [
          action('completeFirstReview', false, 'wrongStage'),
          action('agreeSecondReview', false, 'openEscalation'),
        ],
      }),
    ).toBe('secondReview');
    expect(draftKindOf({ actions: [action('agreeSecondReview', false, 'samePerson')] })).toBeUndefined();
  });
});
