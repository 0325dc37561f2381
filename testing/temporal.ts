import { TestWorkflowEnvironment } from '@temporalio/testing';
import type { SearchAttributeType } from '@temporalio/common';
import type { SearchAttributeKey } from '@temporalio/common/lib/search-attributes';
import { findTemporalCli, findTestServer } from '../embedded/tools/temporal-binary.ts';

/**
 * Temporal's time-skipping test server: weeks of timers pass in milliseconds. Its clock is one for the whole
 * environment, so one environment a test file, tests in it one after another. It cannot list workflows, and knows
 * only search attributes it is told of by `registerSearchAttributes`.
 * Call `teardown()` in afterAll.
 */
export async function startTimeSkipping(): Promise<TestWorkflowEnvironment> {
  return TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path: await findTestServer() } },
  });
}

export interface LocalTemporalOptions {
  /** Attributes that the workflows under test set; an unregistered one fails its workflow task again and again. */
  searchAttributes?: SearchAttributeKey<SearchAttributeType>[];
  /** Default: "default". */
  namespace?: string;
  /** Further options of `temporal server start-dev`. */
  extraArgs?: string[];
}

/** Temporal's development server in memory, with visibility and real time. Call `teardown()` in afterAll. */
export async function startLocalTemporal(
  options: LocalTemporalOptions = {},
): Promise<TestWorkflowEnvironment> {
  return TestWorkflowEnvironment.createLocal({
    server: {
      executable: { type: 'existing-path', path: await findTemporalCli() },
      ip: '127.0.0.1',
      log: { format: 'pretty', level: 'error' },
      ...options,
    },
  });
}

/** Registers search attributes on a running server (the time-skipping one starts without any). */
export async function registerSearchAttributes(
  env: TestWorkflowEnvironment,
  keys: readonly SearchAttributeKey<SearchAttributeType>[],
): Promise<void> {
  // Numbers of temporal.api.enums.v1.IndexedValueType.
  const types: Record<SearchAttributeType, number> = {
    TEXT: 1,
    KEYWORD: 2,
    INT: 3,
    DOUBLE: 4,
    BOOL: 5,
    DATETIME: 6,
    KEYWORD_LIST: 7,
  };
  await env.connection.operatorService.addSearchAttributes({
    namespace: env.namespace ?? 'default',
    searchAttributes: Object.fromEntries(keys.map((key) => [key.name, types[key.type]])),
  });
}
