import { readdirSync } from 'node:fs';
import path from 'node:path';
import { Worker } from '@temporalio/worker';
import { beforeAll, describe, expect, it } from 'vitest';
import { quietTemporal } from '../testing/application-worker.ts';
import { HISTORIES, historyFromFile } from '../testing/record-histories.ts';
import { bundleWorkflows } from '../worker/bundle.ts';

const files = readdirSync(HISTORIES, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.json'),
);
let workflowBundle: Awaited<ReturnType<typeof bundleWorkflows>>;

beforeAll(async () => {
  quietTemporal();
  workflowBundle = await bundleWorkflows();
});

/** An application filed in November finishes under the code of March (design 10). */
describe('recorded histories replay under the present code', () => {
  it('has histories to replay', () => {
    expect(files.length).toBeGreaterThanOrEqual(5);
  });

  it.each(files)('%s', async (file) => {
    const history = historyFromFile(file);
    await Worker.runReplayHistory({ workflowBundle }, history, path.basename(file, '.json'));
  });
});
