import type { Client } from '@temporalio/client';
import type { ActivityDeps } from '../deps.ts';

/** What rounds and bulk decisions work with: they ask the workflows of many applications. */
export type RoundDeps = Pick<ActivityDeps, 'db' | 'keyring' | 'log'> & { client: Client };
