import { describe, expect, it } from 'vitest';
import type { FileInfo, MyItem } from '../../../api/contract/index.ts';
import { ADMISSION_EXAMPLE } from '../../../domain/procedures/example.ts';
import { cleanAnswers } from '../../../domain/procedures/fields.ts';
import { procedureOf } from '../../../domain/procedures/registry.ts';
import type { Typed } from '../form/steps.ts';
import {
  answersWith,
  changesOf,
  fieldsToShow,
  filesFor,
  itemErrors,
  leavesAll,
  NOTHING_READY,
  targetsOf,
  withEntry,
} from './answering.ts';

const definition = procedureOf('admission')!;
const before = cleanAnswers(definition, ADMISSION_EXAMPLE);
const context = { today: '2026-11-23' };

function item(id: string, ...targets: MyItem['targets']): MyItem {
  return { id, status: 'open', label: { ja: id }, reason: { ja: '理由' }, note: null, targets };
}
const field = (code: string) => ({ kind: 'field' as const, code, value: null });
const file = (documentType: string, id = documentType): FileInfo => ({
  ...{ id, documentType, name: `${id}.pdf`, contentType: 'application/pdf', size: 1, sha256: '' },
  ...{ version: null, uploadedAt: '2026-11-23T00:00:00.000Z' },
});

const residence = item('residence', field('residence'));
const names = item('names', field('child_given_name'));
const paper = item('paper', { kind: 'document', type: 'employment_certificate_1', files: [] });

const shown = (one: MyItem, typed: Typed) => {
  const now = answersWith(definition, [one], before, typed);
  return fieldsToShow(definition, one, before, now).map(({ code }) => code);
};

describe("an item's page", () => {
  it('asks exactly what the item is about', () => {
    expect(shown(residence, {})).toEqual(['residence']);
    expect(shown(paper, {})).toEqual([]);
  });

  it('asks also what comes up only because of the new answer, and no more', () => {
    expect(shown(residence, { residence: 'moving_in' })).toEqual([
      'residence',
      'move_in_date',
      'move_in_address',
    ]);
    expect(shown(names, { residence: 'moving_in' })).toEqual(['child_given_name']);
  });

  it('checks what changed and what is new; what stays as it was is not judged again', () => {
    const errors = (one: MyItem, typed: Typed, base = before) => {
      const now = answersWith(definition, [one], base, typed);
      const fields = fieldsToShow(definition, one, base, now);
      return Object.keys(itemErrors(definition, fields, base, typed, now, 'ja', context));
    };
    expect(errors(residence, { residence: 'moving_in' })).toEqual(['move_in_date', 'move_in_address']);
    expect(errors(names, { child_given_name: '' })).toEqual(['child_given_name']);
    const old = { ...before, child_birth_date: '1900-01-01' };
    const birthday = item('birthday', field('child_birth_date'));
    expect(errors(birthday, { child_birth_date: '1900-01-01' }, old)).toEqual([]);
    expect(errors(birthday, { child_birth_date: '2050-01-01' }, old)).toEqual(['child_birth_date']);
  });

  it('notices that all stays as it was', () => {
    expect(leavesAll(definition, names, before, { child_given_name: '太郎' }, [])).toBe(true);
    expect(leavesAll(definition, names, before, { child_given_name: '次郎' }, [])).toBe(false);
    expect(leavesAll(definition, paper, before, {}, [file('employment_certificate_2')])).toBe(true);
    expect(leavesAll(definition, paper, before, {}, [file('employment_certificate_1')])).toBe(false);
  });
});

describe('what is sent', () => {
  it('are the changed fields that are still asked, and the files of these items', () => {
    const now = answersWith(definition, [residence], before, {
      residence: 'moving_in',
      move_in_date: '2027-03-20',
      move_in_address: '世田谷0-0-0',
      child_given_name: '次郎',
    });
    expect(changesOf(definition, before, now)).toEqual({
      residence: 'moving_in',
      move_in_date: '2027-03-20',
      move_in_address: '世田谷0-0-0',
    });
    const back = answersWith(definition, [residence], now, { residence: 'setagaya' });
    expect(changesOf(definition, now, back)).toEqual({ residence: 'setagaya' });
    const files = [file('employment_certificate_1'), file('timetable_2')];
    expect(filesFor([paper], files)).toEqual([files[0]]);
  });

  it('the same field in two items has one value', () => {
    const twice = item('twice', field('residence'), field('child_given_name'));
    const first = withEntry(NOTHING_READY, twice.id, {
      values: { residence: 'outside', child_given_name: '次郎' },
      unchanged: false,
    });
    const second = withEntry(first, residence.id, { values: { residence: 'moving_in' }, unchanged: false });
    expect(second.entries['twice']?.values).toEqual({ residence: 'moving_in', child_given_name: '次郎' });
    expect(targetsOf(twice)).toHaveLength(2);
  });
});
