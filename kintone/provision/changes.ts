import type { KintoneRestAPIClient } from '@kintone/rest-api-client';
import type { AccessTable } from '../access/table.ts';
import type { Known } from '../access/acl.ts';
import type { IdsByKey } from '../apps/form.ts';
import type { KintoneApp } from '../apps/index.ts';
import type { AppState } from './state.ts';

/**
 * `add`: comes new. `change`: becomes another. `loss`: what is there would no longer be reached by the system; never done
 * without being asked for.
 */
export type Effect = 'add' | 'change' | 'loss';

/** One line of a plan. */
export interface Change {
  effect: Effect;
  /** In Japanese, for whoever decides about it. */
  what: string;
}

/** A part of an app's settings that is to become another, with the one call that makes it so. */
export interface Step {
  changes: readonly Change[];
  run: (client: KintoneRestAPIClient, app: string) => Promise<void>;
}

/** What a comparison needs to know besides the app and its state. */
export interface Wanted {
  app: KintoneApp;
  /** With the environment's prefix. */
  name: string;
  /** Of all apps, as far as they are known by now: a step asks when it runs. */
  ids: IdsByKey;
  /** Undefined: permissions are left alone. */
  access?: { table: AccessTable; known: Known };
  /** Fields of another type are put aside under another code, with their values. */
  moveAside: boolean;
}

/** Compares a part of an app with the code; undefined where it is so already. */
export type Compare = (wanted: Wanted, state: AppState) => Step | undefined;

/** What a person has to settle before provisioning can go on. */
export class ProvisionError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ProvisionError';
  }
}
