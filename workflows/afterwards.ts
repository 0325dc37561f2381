import { allHandlersFinished, condition, setHandler } from '@temporalio/workflow';
import { loadState } from './application/activities.ts';
import { ApplicationProcess } from './application/process.ts';
import { actUpdate } from './messages.ts';

/** How long it stays for the next record before it ends; a new one starts at need. */
const IDLE = '30 seconds';

/**
 * What happens to an application after its end: families still call, and each contact is recorded and confirmed (Q21). The
 * same rules decide (an ended application takes notes and contacts only). Started by Update-with-Start under an id of its
 * own, so that the application's own id, the duplicate lock, is free as soon as the application has ended (design 4).
 */
export async function afterwards({ applicationId }: { applicationId: string }): Promise<void> {
  const process = new ApplicationProcess();
  setHandler(actUpdate, ({ actor, action }) => process.act(actor, action));
  const state = await loadState({ applicationId });
  process.resume({ state, deliveredSeq: state.seq });
  let finished = false;
  const delivering = process.keepDelivering(() => finished);
  const quiet = () => process.settled && allHandlersFinished();
  let seen: number;
  do {
    seen = process.state.seq;
    await condition(() => process.state.seq !== seen, IDLE);
    await condition(quiet);
  } while (process.state.seq !== seen);
  finished = true;
  await delivering;
}
