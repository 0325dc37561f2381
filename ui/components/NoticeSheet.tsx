import type { ReactNode } from 'react';
import type { NoticeView } from '../../api/contract/index.ts';
import { Read } from '../i18n/reading.tsx';

/** Names and addresses have readings of their own. */
const OF_SOMEBODY = /氏名|住所/u;

/** A notice as a page: the same words as on paper (Q22). Japanese, as the document is. */
export function NoticeSheet({ view }: { view: NoticeView }) {
  const { to, office } = view;
  return (
    <article lang="ja" className="rounded-8 border border-solid-gray-420 bg-white p-4 sm:p-8">
      <div className="flex flex-col gap-6 sm:flex-row sm:justify-between">
        <address className="not-italic">
          <p>〒{to.postalCode}</p>
          {to.lines.map((line) => (
            <p key={line}>{line}</p>
          ))}
          <p className="text-std-18B-160 mt-2">{to.name}　様</p>
        </address>
        <div className="sm:text-right">
          <p>{view.number}</p>
          <p>{view.date}</p>
          {view.sender.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </div>
      </div>
      <h2 className="text-std-22B-150 mt-8 mb-4 text-center">{withClubWhole(view.title)}</h2>
      {view.opening.map((text) => (
        <p key={text} className="mb-2 whitespace-pre-line">
          　<Read>{text}</Read>
        </p>
      ))}
      <dl className="my-4 border-t border-solid-gray-420">
        {view.rows.map((row) => (
          <div
            key={row.label}
            className="border-b border-solid-gray-420 py-2 sm:grid sm:grid-cols-[12rem_1fr] sm:gap-4"
          >
            <dt className="text-solid-gray-700">
              <Read>{row.label}</Read>
            </dt>
            <dd className="whitespace-pre-line">
              {OF_SOMEBODY.test(row.label) ? row.value : <Read>{row.value}</Read>}
            </dd>
          </div>
        ))}
      </dl>
      {view.closing.map((text) => (
        <p key={text} className="mb-2 whitespace-pre-line">
          　<Read>{text}</Read>
        </p>
      ))}
      {view.objection.length > 0 && (
        <section className="my-4">
          <h3 className="text-std-18B-160 mb-1">教示</h3>
          <ol className="list-decimal pl-6">
            {view.objection.map((text) => (
              <li key={text} className="mb-1">
                <Read>{text}</Read>
              </li>
            ))}
          </ol>
        </section>
      )}
      <section className="mt-6 border border-solid-gray-600 p-4">
        <h3 className="text-std-16B-170">お問い合わせ</h3>
        <p>{office.name}</p>
        <p>
          〒{office.postalCode} {office.address}
        </p>
        <p>
          電話 {office.phone}（{office.hours}）
        </p>
      </section>
      <p className="text-dns-14N-130 mt-4">
        照会番号 {view.reference}・確認コード {view.checkCode}
      </p>
    </article>
  );
}

/** A heading breaks between phrases; what browsers take for one is 新, which belongs to BOP. */
function withClubWhole(text: string): ReactNode {
  const [before = '', ...rest] = text.split('新BOP');
  return rest.length === 0 ? (
    text
  ) : (
    <>
      {before}
      <span className="whitespace-nowrap">新BOP</span>
      {rest.join('新BOP')}
    </>
  );
}
