/** The mail catcher as a process: `--dir DIR --smtp-port N --port N`. Prints one JSON line once it is ready. */
import { parseArgs } from 'node:util';
import { startMailCatcher } from './server.ts';

const { values } = parseArgs({
  options: { dir: { type: 'string' }, 'smtp-port': { type: 'string' }, port: { type: 'string' } },
});
if (values.dir === undefined) {
  console.error('usage: --dir DIR [--smtp-port N] [--port N]');
  process.exit(2);
}
const catcher = await startMailCatcher({
  dir: values.dir,
  smtpPort: Number(values['smtp-port'] ?? 0),
  port: Number(values.port ?? 0),
});
if (catcher.store.unreadable > 0)
  console.error(`${String(catcher.store.unreadable)} mails could not be read`);
console.log(
  JSON.stringify({
    ready: true,
    url: `http://localhost:${String(catcher.port)}`,
    smtpPort: catcher.smtpPort,
  }),
);
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    void catcher.stop().then(() => process.exit(0));
  });
}
