import { recordEnrolmentHistories } from '../testing/record-enrolment-histories.ts';
import { recordHistories } from '../testing/record-histories.ts';
import { recordRoundHistories } from '../testing/record-round-histories.ts';

const version = process.argv[2];
if (version === undefined || !/^[\w.-]+$/.test(version)) {
  console.error('版を指定してください (name the version): npm run histories -- 2026.12.1');
  process.exit(1);
}
for (const record of [recordHistories, recordRoundHistories, recordEnrolmentHistories]) {
  for (const file of await record(version)) console.log(file);
}
