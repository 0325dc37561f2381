/**
 * The whole system on one machine: PostgreSQL, Temporal, a kintone-compatible server, a mail catcher, API and worker,
 * each a process of its own that is started again when it dies. Run by scripts/start.mjs.
 */
import { DataDir } from './data-dir.ts';
import { readOptions, usage, type StartOptions } from './options.ts';
import { PartFailed } from './processes/supervisor.ts';
import { StartError } from './start-error.ts';
import { startSystem, type RunningSystem } from './system.ts';

const started = Date.now();
const say = (sentence: string) => {
  console.log(`[${((Date.now() - started) / 1000).toFixed(1).padStart(5)}s] ${sentence}`);
};

async function main(options: StartOptions): Promise<void> {
  const stop = new AbortController();
  const data = await DataDir.open(options.dataDir, { fresh: options.fresh });
  let system: RunningSystem | undefined;
  let interrupts = 0;
  const interrupted = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        interrupts += 1;
        if (interrupts === 1)
          say('止めています。もう一度 Ctrl-C で急いで止めます (stopping; again to hurry)');
        else system?.killAll();
        stop.abort();
        resolve();
      });
    }
  });
  try {
    system = await startSystem({ data, options, say, signal: stop.signal });
    await interrupted;
  } finally {
    await system?.stop();
    await data.release();
  }
  say('止まりました。データは残っています (stopped; the data stays)');
}

/** A sentence instead of a stack, where the reason is known. */
function explain(error: unknown, options: StartOptions | undefined): string {
  if (error instanceof StartError) return error.message;
  if (error instanceof PartFailed) {
    const log = options === undefined ? '' : `\n  ログ (log): ${options.dataDir}/logs/${error.part}.log`;
    const damaged =
      /corrupt|malformed|not a database|pg_control|incorrect checksum|invalid .*checkpoint|database files are incompatible|could not open file/i;
    const hint = damaged.test(error.lastLines)
      ? '\n  データフォルダが壊れているようです。バックアップから戻すか、npm start -- --fresh で初めからやり直してください' +
        '\n  (the data folder seems damaged: restore it or begin anew with --fresh)'
      : '';
    const words = error.lastLines === '' ? '' : `\n${error.lastLines.replaceAll(/^/gm, '    ')}`;
    return `${error.part} を起動できませんでした: ${error.message} (did not start)${words}${hint}${log}`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

let options: StartOptions | undefined;
try {
  options = readOptions(process.argv.slice(2));
  if (options.help) console.log(usage);
  else await main(options);
  process.exit(0);
} catch (error) {
  console.error(`\n${explain(error, options)}`);
  process.exit(1);
}
