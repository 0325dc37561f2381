import { expect, it } from 'vitest';
import { answer, asked } from '../../testing/application-states.ts';
import { AOKI, GUARDIAN, LEADER, WARD } from '../../testing/domain.ts';
import { offeredForItem } from './offered.ts';

it('offers to handle an item to leader and ward, while it is open', () => {
  const run = asked();
  expect(offeredForItem(run.state, LEADER, '1-guardian')).toEqual(['correctMinor', 'waiveItem']);
  expect(offeredForItem(run.state, WARD, '1-guardian')).toEqual(['correctMinor', 'waiveItem']);
  expect(offeredForItem(run.state, AOKI, '1-guardian')).toEqual([]);
  run.do(GUARDIAN, answer(['1-guardian']));
  expect(offeredForItem(run.state, LEADER, '1-guardian')).toEqual([]);
  expect(offeredForItem(run.state, LEADER, '1-documents')).not.toEqual([]);
  expect(offeredForItem(run.state, LEADER, 'nothing')).toEqual([]);
});
