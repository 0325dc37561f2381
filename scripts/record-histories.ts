import { recordHistories } from '../testing/record-histories.ts';
import { recordRoundHistories } from '../testing/record-round-histories.ts';

const version = process.argv[2];
if (version === undefined || !/^[\w.-]+$/.test(version)) {
  console.error('版を指定してください (name the version): npm run histories -- 2026.12.1');
  process.exit(1);
}
for (const file of [...(await recordHistories(version)), ...(await recordRoundHistories(version))]) {
  console.log(file);
}
