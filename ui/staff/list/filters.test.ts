import { describe, expect, it } from 'vitest';
import { listPath, NO_FILTERS, readFilters, toQuery, writeFilters } from './filters.ts';

describe('filters of the list in the address', () => {
  it('come back as they were written', () => {
    const filters = {
      queue: 'secondReview',
      stage: 'secondReview',
      place: 'hall:01',
      assignee: 'none',
      overdue: true,
      receivedFrom: '2026-11-02',
      receivedTo: '2026-12-15',
      q: '髙橋 A-2026',
      sort: '-deadline',
      page: 3,
    } as const;
    expect(readFilters(new URLSearchParams(writeFilters(filters).toString()))).toEqual(filters);
  });

  it('leave out what is as usual', () => {
    expect(writeFilters(NO_FILTERS).toString()).toBe('');
    expect(listPath({ queue: 'overdue' })).toBe('/applications?queue=overdue');
  });

  it('take nothing that is unknown or malformed', () => {
    const search = new URLSearchParams(
      'queue=all&stage=x&place=ward:1&assignee=you&overdue=1&receivedFrom=2026-02-30&sort=name&page=-1',
    );
    expect(readFilters(search)).toEqual(NO_FILTERS);
  });

  it('ask the API for a hall or a 新BOP, and for nothing that is not set', () => {
    expect(toQuery({ ...NO_FILTERS, place: 'hall:03' })).toEqual({
      hall: '03',
      sort: 'receivedAt',
      page: 1,
      pageSize: 50,
    });
    expect(toQuery({ ...NO_FILTERS, place: 'bop:28', overdue: true })).toMatchObject({
      bop: '28',
      overdue: 'true',
    });
  });
});
