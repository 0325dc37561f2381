import { defineSearchAttributeKey } from '@temporalio/common/lib/search-attributes';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerSearchAttributes, startLocalTemporal, startTimeSkipping } from './temporal.ts';

const state = defineSearchAttributeKey('TestState', 'KEYWORD');

describe('time-skipping server', () => {
  let env: TestWorkflowEnvironment;
  beforeAll(async () => {
    env = await startTimeSkipping();
  });
  afterAll(() => env.teardown());

  it('lets a month pass at once', async () => {
    const before = await env.currentTimeMs();
    await env.sleep('30 days');
    expect((await env.currentTimeMs()) - before).toBeGreaterThanOrEqual(30 * 86_400_000);
  });

  it('takes search attributes', async () => {
    const start = (workflowId: string) =>
      env.client.workflow.start('none', {
        taskQueue: 'none',
        workflowId,
        typedSearchAttributes: [{ key: state, value: 'open' }],
      });
    await expect(start('before')).rejects.toThrow();
    await registerSearchAttributes(env, [state]);
    const description = await (await start('after')).describe();
    expect(description.typedSearchAttributes.get(state)).toBe('open');
  });
});

describe('development server', () => {
  let env: TestWorkflowEnvironment;
  beforeAll(async () => {
    env = await startLocalTemporal({ searchAttributes: [state] });
  });
  afterAll(() => env.teardown());

  it('knows the search attributes it was started with', async () => {
    const list = await env.connection.operatorService.listSearchAttributes({ namespace: 'default' });
    expect(Object.keys(list.customAttributes)).toContain('TestState');
  });
});
