import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import nodemailer from 'nodemailer';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startMailCatcher, type MailCatcher } from './server.ts';

describe('mail catcher', () => {
  let dir: string;
  let catcher: MailCatcher;
  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'gakudo-mail-'));
    catcher = await startMailCatcher({ dir, smtpPort: 0, port: 0 });
  });
  afterEach(async () => {
    await catcher.stop();
    await rm(dir, { recursive: true });
  });

  const get = (address: string, init: RequestInit = {}) =>
    fetch(`http://127.0.0.1:${String(catcher.port)}${address}`, init);

  async function send(subject: string, to = 'hanako@example.test'): Promise<void> {
    const transport = nodemailer.createTransport({ host: '127.0.0.1', port: catcher.smtpPort });
    await transport.sendMail({
      from: '窓口 <gakudo@example.test>',
      to,
      subject,
      text: `続きは http://localhost:3000/applications/1?a=1&b=2 で\n<script>alert(1)</script>`,
      html: '<p>こんにちは</p><script>parent.document.title="taken"</script>',
      attachments: [{ filename: '不備連絡.pdf', content: Buffer.from('%PDF-1.7') }],
    });
  }

  it('shows a mail with its text, its links and its attachment', async () => {
    await send('書類の不備について');
    const list = await (await get('/')).text();
    expect(list).toContain('書類の不備について');
    const id = catcher.store.list()[0]!.id;
    const page = await (await get(`/mails/${id}`)).text();
    expect(page).toContain('<a href="http://localhost:3000/applications/1?a=1&amp;b=2"');
    expect(page).toContain('不備連絡.pdf');
    expect(page).not.toContain('<script>alert(1)');
    const file = await get(`/mails/${id}/attachments/0`);
    expect(await file.text()).toBe('%PDF-1.7');
    expect(file.headers.get('content-disposition')).toContain('attachment');
  });

  it('shows the HTML part where it can do nothing', async () => {
    await send('HTML');
    const html = await get(`/mails/${catcher.store.list()[0]!.id}/html`);
    expect(html.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
  });

  it('keeps mails over a restart, and only the readable ones', async () => {
    await send('一通目');
    await send('二通目');
    await catcher.stop();
    await writeFile(path.join(dir, '1700000000000-0badc0de.json'), '{"id": "17');
    catcher = await startMailCatcher({ dir, smtpPort: 0, port: 0 });
    expect(catcher.store.list().map((mail) => mail.subject)).toEqual(['二通目', '一通目']);
    expect(catcher.store.unreadable).toBe(1);
  });

  it('finds by recipient and subject, and deletes all', async () => {
    await send('一通目', 'taro@example.test');
    await send('二通目');
    const found = (await (await get('/api/mails?q=taro')).json()) as { subject: string }[];
    expect(found.map((mail) => mail.subject)).toEqual(['一通目']);
    await get('/clear', { method: 'POST' });
    expect(catcher.store.list()).toEqual([]);
    expect(await (await get('/')).text()).toContain('まだメールは届いていません');
  });

  it('answers nobody who comes by another host name, nor a foreign page', async () => {
    await send('秘密');
    const { request } = await import('node:http');
    const status = await new Promise((resolve, reject) => {
      const headers = { host: 'evil.example' };
      request({ port: catcher.port, host: '127.0.0.1', headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(403);
    await get('/clear', { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } });
    expect(catcher.store.list()).toHaveLength(1);
  });

  it('tells an open page that a mail came', async () => {
    const events = await get('/events');
    const reader = events.body!.getReader();
    await reader.read();
    await send('新着');
    const { value } = await reader.read();
    expect(Buffer.from(value).toString()).toContain('data: mail');
    await reader.cancel();
  });
});
