import nodemailer from 'nodemailer';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestMail, type TestMailServer } from './mail.ts';

describe('test mail server', () => {
  let server: TestMailServer;
  beforeEach(async () => {
    server = await startTestMail();
  });
  afterEach(() => server.stop());

  function send(to = 'hanako@example.test') {
    const transport = nodemailer.createTransport({
      url: server.url,
      greetingTimeout: 500,
      socketTimeout: 500,
    });
    return transport.sendMail({
      from: '新BOP <gakudo@example.test>',
      to,
      subject: '受付番号のお知らせ',
      text: '受け付けました',
      html: '<p>受け付けました</p>',
    });
  }

  it('keeps what it gets, in words as sent', async () => {
    await send();
    const mail = await server.waitFor((one) => one.subject.includes('受付番号'));
    expect(mail).toMatchObject({
      from: 'gakudo@example.test',
      to: ['hanako@example.test'],
      html: '<p>受け付けました</p>',
    });
    expect(mail.text.trim()).toBe('受け付けました');
    expect(server.to('hanako@example.test')).toHaveLength(1);
  });

  it('refuses one address for good and another for now', async () => {
    server.behave('refuse', 'nobody@example.test');
    server.behave('defer', 'full@example.test');
    await expect(send('nobody@example.test')).rejects.toMatchObject({ responseCode: 550 });
    await expect(send('full@example.test')).rejects.toMatchObject({ responseCode: 451 });
    await send();
    expect(server.mails).toHaveLength(1);
  });

  it('can be away and come back under the same address', async () => {
    await server.down();
    await expect(send()).rejects.toMatchObject({ code: 'ESOCKET' });
    await server.up();
    await send();
    expect(server.mails).toHaveLength(1);
  });

  it('can leave a client waiting', async () => {
    server.behave('hang');
    await expect(send()).rejects.toMatchObject({ code: 'ETIMEDOUT' });
  });

  it('says what came instead when nothing matches', async () => {
    await send();
    await expect(server.waitFor((mail) => mail.subject === 'x', 50)).rejects.toThrow(/受付番号のお知らせ/);
  });
});
