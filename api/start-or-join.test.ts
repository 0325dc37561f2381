import { ServiceError, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { describe, expect, it } from 'vitest';
import { startOrJoin } from './start-or-join.ts';

const refused = new WorkflowExecutionAlreadyStartedError('Workflow execution already started', 'w', 'round');
/** As the gRPC client makes it. */
const grpc = (code: number) => Object.assign(new Error('10 ABORTED'), { code, details: '', metadata: {} });
const aborted = new ServiceError('Update-With-Start failed', { cause: grpc(10) });
const unavailable = new ServiceError('Update-With-Start failed', { cause: grpc(14) });

/** Fails with these, one after the other, and then works. */
function failing(...errors: Error[]) {
  const left = [...errors];
  let calls = 0;
  const work = () => {
    calls += 1;
    const error = left.shift();
    return error ? Promise.reject(error) : Promise.resolve(calls);
  };
  return { work, calls: () => calls };
}

describe('two starts at the same moment', () => {
  it.each([
    ['refused', refused],
    ['given up for the other', aborted],
  ])('the one that is %s is sent again, once', async (_how, error) => {
    await expect(startOrJoin(failing(error).work)).resolves.toBe(2);
    const { work, calls } = failing(error, error);
    await expect(startOrJoin(work)).rejects.toBe(error);
    expect(calls()).toBe(2);
  });

  it('what is no such race is not sent again', async () => {
    const { work, calls } = failing(unavailable);
    await expect(startOrJoin(work)).rejects.toBe(unavailable);
    expect(calls()).toBe(1);
  });
});
