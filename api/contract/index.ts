/** The API's contract, for the screens: `import type { … } from '../../api/contract/index.ts'`. */
export * from './applicant.ts';
export * from './certificates.ts';
export * from './common.ts';
export * from './enrolment-changes.ts';
export * from './enrolments.ts';
export * from './exports.ts';
export * from './family.ts';
export * from './notices.ts';
export * from './ops.ts';
export * from './paper.ts';
export * from './rounds.ts';
export * from './session.ts';
export * from './settings.ts';
export * from './staff-actions.ts';
export * from './staff.ts';
