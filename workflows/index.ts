/** Every workflow of the worker's bundle. */
export { afterwards } from './afterwards.ts';
export { application } from './application.ts';
export { prepareExport } from './prepare-export.ts';
export { bulkDecision } from './bulk-decision.ts';
export { round } from './round.ts';
export { carryEnrolment } from './carry-enrolment.ts';
export { tellSettings } from './tell-settings.ts';
export { yearChange } from './year-change.ts';
