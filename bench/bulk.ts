import { parseArgs } from 'node:util';
import { quietTemporal } from '../testing/application-worker.ts';
import { startTestSystem } from '../testing/system.ts';
import { runBulk } from './bulk-run.ts';
import { printTable } from './table.ts';

const { values } = parseArgs({
  options: {
    applications: { type: 'string', default: '3000' },
    light: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
if (values.help) {
  console.log(`npm run bench:bulk -- [--applications 3000] [--light]

Starts the whole system on a data folder of its own, has so many made-up applications reviewed, decides them in bulk and has them
told on the day of their round; the worker is killed in the middle of both. Counts decisions, mails and notices, in the database,
at the mail server and in kintone. --light: filed in the store and reviewed by the rules without an Update each, which takes a
tenth of the time; decided and told the same way.`);
  process.exit(0);
}

quietTemporal();
const count = Number(values.applications);
const system = await startTestSystem((sentence) => console.log(sentence));
try {
  const run = await runBulk(system, {
    count,
    light: values.light,
    say: (sentence) => console.log(sentence),
  });
  const { notOnce, notices, protocol, mailsAtServer } = run;
  const numbered = notices.doubles + notices.gaps === 0 && notices.inKintone === notices.made;
  const oneNotice = notices.valid === count - 1 && notices.notOne + notices.toldWrong === 0;
  const once =
    notOnce.decisions + notOnce.releases + notOnce.mails === 0 &&
    mailsAtServer.different === count - 1 &&
    numbered &&
    oneNotice;
  const rate = (seconds: number) => `${seconds.toFixed(0)} s (${(count / seconds).toFixed(1)}/s)`;
  printTable([
    {
      what: `${count} 件の受付から二次審査まで filed and reviewed twice${values.light ? ' (--light)' : ''}`,
      value: rate(run.made),
    },
    { what: 'まとめて決定 decided in bulk, worker killed in the middle', value: rate(run.decided) },
    { what: '通知 told on the day, worker killed in the middle', value: rate(run.told) },
    {
      what: '決定・変更のため除外・決定できず decided, left out as changed, refused',
      value: `${protocol.decided} / ${protocol.changed} / ${protocol.refused}`,
      aim: `${count - 1} / 1 / 0`,
      met: protocol.decided === count - 1 && protocol.changed === 1 && protocol.refused === 0,
    },
    {
      what: '決定・通知・メールが1回でない申請 not decided, released, mailed exactly once',
      value: `${notOnce.decisions} / ${notOnce.releases} / ${notOnce.mails}`,
      aim: '0 / 0 / 0',
      met: notOnce.decisions + notOnce.releases + notOnce.mails === 0,
    },
    {
      what: '有効な通知書・1通でない申請・閲覧の誤り valid notices, applications without exactly one, wrongly told',
      value: `${notices.valid} / ${notices.notOne} / ${notices.toldWrong}`,
      aim: `${count - 1} / 0 / 0`,
      met: oneNotice,
    },
    {
      what: '作成した通知書・番号の重複・欠番 notices made, numbers twice, numbers left out',
      value: `${notices.made} / ${notices.doubles} / ${notices.gaps}`,
      aim: `${notices.made} / 0 / 0`,
      met: notices.doubles + notices.gaps === 0,
    },
    {
      what: 'kintoneの通知書・PDF付き notices in kintone, with their PDF',
      value: `${notices.inKintone} / ${notices.withPdf}`,
      aim: `${notices.made} / ${notices.made}`,
      met: notices.inKintone === notices.made && notices.withPdf === notices.made,
    },
    {
      what: 'メールサーバーに届いた決定の通知 mails of decisions at the server (copies under the same Message-ID)',
      value: `${mailsAtServer.different} (${mailsAtServer.copies})`,
      aim: String(count - 1),
      met: mailsAtServer.different === count - 1,
    },
  ]);
  if (!once) process.exitCode = 1;
} finally {
  await system.stop();
}
process.exit();
