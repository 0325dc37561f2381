import type { MailContent, StoredMail } from './store.ts';

/** Makes text harmless in HTML content and quoted attributes. */
export function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

const style = `
  :root { font-family: "Noto Sans JP", "Hiragino Sans", "Noto Sans CJK JP", sans-serif; color: #1a1a1a; background: #f8f8fb; }
  body { margin: 0; line-height: 1.6; }
  header { background: #0017c1; color: #fff; padding: 0.75rem 1.5rem; }
  header a { color: #fff; text-decoration: none; }
  header h1 { font-size: 1.25rem; margin: 0; }
  header p { margin: 0; font-size: 0.875rem; }
  main { max-width: 64rem; margin: 0 auto; padding: 1rem 1.5rem 3rem; }
  form { display: flex; gap: 0.5rem; flex-wrap: wrap; margin: 0 0 1rem; }
  input[type=search] { flex: 1 1 16rem; font: inherit; padding: 0.5rem 0.75rem; border: 1px solid #626264; border-radius: 0.5rem; }
  button, .button { font: inherit; padding: 0.5rem 1rem; border: 1px solid #0017c1; border-radius: 0.5rem; background: #fff; color: #0017c1; cursor: pointer; text-decoration: none; }
  :focus-visible { outline: 4px solid #000; outline-offset: 2px; box-shadow: 0 0 0 2px #ffd43d; }
  ul.mails { list-style: none; margin: 0; padding: 0; background: #fff; border: 1px solid #d8d8db; border-radius: 0.5rem; }
  ul.mails li + li { border-top: 1px solid #d8d8db; }
  ul.mails a { display: block; padding: 0.75rem 1rem; color: inherit; text-decoration: none; }
  ul.mails a:hover { background: #e8f1fe; }
  .subject { font-weight: 700; }
  .meta, .preview { color: #4d4d4d; font-size: 0.875rem; overflow-wrap: anywhere; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1rem; background: #fff; border: 1px solid #d8d8db; border-radius: 0.5rem; padding: 1rem; }
  dt { color: #4d4d4d; } dd { margin: 0; overflow-wrap: anywhere; }
  ul.mails + form { margin-top: 1rem; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #fff; border: 1px solid #d8d8db; border-radius: 0.5rem; padding: 1rem; font: inherit; }
  iframe { width: 100%; height: 36rem; background: #fff; border: 1px solid #d8d8db; border-radius: 0.5rem; }
`;

function page(title: string, body: string, script = ''): string {
  return `<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<header><h1><a href="/">届いたメール（試験用）</a></h1>
<p>この画面のメールは実際には送られていません。</p></header>
<main>${body}</main>
${script === '' ? '' : `<script>${script}</script>`}
</body>
</html>`;
}

const time = new Intl.DateTimeFormat('ja-JP', {
  dateStyle: 'medium',
  timeStyle: 'medium',
  timeZone: 'Asia/Tokyo',
});

function showTime(iso: string): string {
  return `<time datetime="${escapeHtml(iso)}">${escapeHtml(time.format(new Date(iso)))}</time>`;
}

/** Reloads the list when a mail came, unless somebody is typing a search. */
const reloadScript = `
const events = new EventSource('/events');
events.onmessage = () => {
  if (document.activeElement instanceof HTMLInputElement) return;
  location.reload();
};`;

/** How many mails one page lists. */
const listed = 200;

export function listPage(mails: readonly StoredMail[], search: string): string {
  const items = mails.slice(0, listed).map(
    (mail) => `<li><a href="/mails/${mail.id}">
<div class="subject">${escapeHtml(mail.subject || '（件名なし）')}</div>
<div class="meta">${showTime(mail.receivedAt)}　宛先 ${escapeHtml(mail.to)}</div>
<div class="preview">${escapeHtml(mail.preview)}</div></a></li>`,
  );
  const empty =
    search === ''
      ? 'まだメールは届いていません。届くと自動で表示されます。'
      : '当てはまるメールはありません。';
  const count =
    mails.length > listed
      ? `${String(mails.length)} 通（新しい ${String(listed)} 通を表示）`
      : `${String(mails.length)} 通`;
  return page(
    '届いたメール',
    `<form method="get" action="/" role="search">
<input type="search" name="q" value="${escapeHtml(search)}" aria-label="宛先・件名・本文で探す" placeholder="宛先・件名・本文で探す">
<button>探す</button></form>
<p class="meta">${count}</p>
${items.length === 0 ? `<p>${empty}</p>` : `<ul class="mails">${items.join('\n')}</ul>`}
${mails.length === 0 ? '' : '<form method="post" action="/clear"><button>すべて削除する</button></form>'}`,
    reloadScript,
  );
}

export function mailPage(mail: MailContent): string {
  const files = mail.attachments.map(
    (file, index) =>
      `<a href="/mails/${mail.id}/attachments/${String(index)}">${escapeHtml(file.filename)}</a>（${escapeHtml(file.contentType)}、${String(Math.ceil(file.content.length / 1024))} KB）`,
  );
  const html =
    mail.html === ''
      ? ''
      : `<h2>HTML</h2><iframe sandbox="" title="HTML 形式の本文" src="/mails/${mail.id}/html"></iframe>`;
  return page(
    mail.subject || '（件名なし）',
    `<p><a class="button" href="/">一覧へ戻る</a></p>
<h2>${escapeHtml(mail.subject || '（件名なし）')}</h2>
<dl>
<dt>届いた日時</dt><dd>${showTime(mail.receivedAt)}</dd>
<dt>差出人</dt><dd>${escapeHtml(mail.from)}</dd>
<dt>宛先</dt><dd>${escapeHtml(mail.to)}</dd>
<dt>配送先</dt><dd>${escapeHtml(mail.recipients.join(', '))}</dd>
${files.length === 0 ? '' : `<dt>添付</dt><dd>${files.join('<br>')}</dd>`}
</dl>
<h2>テキスト</h2>
<pre>${linkify(mail.text)}</pre>
${html}
<details><summary>ヘッダー</summary><pre>${mail.headers
      .map(({ name, value }) => `${escapeHtml(name)}: ${escapeHtml(value)}`)
      .join('\n')}</pre></details>
<p><a href="/mails/${mail.id}/raw">元のデータ（.eml）</a></p>`,
  );
}

export function notFoundPage(): string {
  return page(
    '見つかりません',
    '<p>このメールはありません。削除された可能性があります。</p><p><a class="button" href="/">一覧へ戻る</a></p>',
  );
}

/** Text as HTML with its web addresses as links. */
function linkify(text: string): string {
  return text
    .split(/(https?:\/\/[\x21-\x7e]+)/)
    .map((part, index) =>
      index % 2 === 1
        ? `<a href="${escapeHtml(part)}" rel="noreferrer">${escapeHtml(part)}</a>`
        : escapeHtml(part),
    )
    .join('');
}
