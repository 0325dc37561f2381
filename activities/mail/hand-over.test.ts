import { ApplicationFailure } from '@temporalio/common';
import nodemailer from 'nodemailer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestStore } from '../../testing/store.ts';
import { createHandOver } from './hand-over.ts';

let store: Awaited<ReturnType<typeof openTestStore>>;

beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

/** A mail server that takes its time: each mail waits until `take` is called. */
function slowServer() {
  const open: (() => void)[] = [];
  let most = 0;
  const transport = nodemailer.createTransport({
    name: 'slow',
    version: '1',
    send: (mail, done) => {
      open.push(() => {
        done(null, { envelope: mail.message.getEnvelope(), messageId: mail.message.messageId() });
      });
      most = Math.max(most, open.length);
    },
  });
  return {
    transport,
    waiting: () => open.length,
    most: () => most,
    take: () => open.shift()?.(),
  };
}

const handed = (mailId: string) => ({
  mailId,
  messageId: `<${mailId}@example.test>`,
  to: 'family@example.test',
  mail: { subject: '受付', text: '受け付けました', html: '<p>受け付けました</p>' },
});

describe('mails are handed over a few at a time', () => {
  it('the others wait for their turn, and all go', async () => {
    const server = slowServer();
    const settings = { from: 'gakudo@example.test', maxConnections: 2 };
    const handOver = createHandOver({ db: store.db, transport: server.transport, settings });
    const all = Promise.all(['a', 'b', 'c', 'd', 'e'].map((id) => handOver(handed(id))));
    for (let left = 5; left > 0; left -= 1) {
      await expect.poll(() => server.waiting()).toBe(Math.min(2, left));
      server.take();
    }
    await expect(all).resolves.toHaveLength(5);
    expect(server.most()).toBe(2);
  });

  it('one that has waited too long is left for a later attempt, and not sent by this one', async () => {
    const server = slowServer();
    const settings = { from: 'gakudo@example.test', maxConnections: 1 };
    const handOver = createHandOver({ ...store, transport: server.transport, settings, longestWaitMs: 20 });
    const first = handOver(handed('first'));
    const second = handOver(handed('second'));
    const refused = expect(second).rejects.toSatisfy(
      (error) =>
        error instanceof ApplicationFailure && !error.nonRetryable && error.type === 'MailServerBusy',
    );
    const since = performance.now();
    // The first is at the server, and the second has waited too long for its turn.
    await expect.poll(() => server.waiting() === 1 && performance.now() - since > 20).toBe(true);
    server.take();
    await expect(first).resolves.toEqual({ outcome: 'sent' });
    await refused;
    expect(server.waiting()).toBe(0);
  });
});
