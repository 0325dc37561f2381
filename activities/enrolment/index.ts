import type { Client } from '@temporalio/client';
import type { EnrolmentActivities } from '../../domain/enrolment/year-run.ts';
import type { ActivityDeps } from '../deps.ts';
import { createMarkSettingsTold, createTellSettings } from '../tell-settings.ts';
import { createCarryEnrolment } from './carry.ts';
import { createEndYearRun, createWriteYearBatch } from './year.ts';

/** All activities of the workflows of enrolments and of what the ward sets for open applications. */
export function createEnrolmentActivities(
  deps: Pick<ActivityDeps, 'db' | 'keyring'> & {
    gateway: Pick<ActivityDeps['gateway'], 'upsert'>;
    client: Client;
  },
): EnrolmentActivities {
  return {
    writeYearBatch: createWriteYearBatch(deps),
    endYearRun: createEndYearRun(deps),
    carryEnrolment: createCarryEnrolment(deps),
    tellSettings: createTellSettings(deps),
    markSettingsTold: createMarkSettingsTold(deps),
  };
}
