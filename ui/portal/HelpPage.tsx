import { Disclosure, PageTitle } from '../components/index.ts';
import { useI18n } from '../i18n/index.tsx';
import { useDocumentTitle } from '../lib/index.ts';
import { Office } from './shared/Office.tsx';
import { start as m } from './texts/start.ts';

/** Questions that come up, and whom to ask. */
export function Component() {
  const { t, s } = useI18n();
  useDocumentTitle(s(m.helpTitle));
  const questions = [
    { id: '1', question: m.q1, answer: m.a1 },
    { id: '2', question: m.q2, answer: m.a2 },
    { id: '3', question: m.q3, answer: m.a3 },
    { id: '4', question: m.q4, answer: m.a4 },
    { id: '5', question: m.q5, answer: m.a5 },
  ];
  return (
    <div className="measure flex flex-col gap-10">
      <div>
        <PageTitle>{t(m.helpTitle)}</PageTitle>
        <div className="flex flex-col gap-2">
          {questions.map(({ id, question, answer }) => (
            <Disclosure key={id} summary={t(question)}>
              <p>{t(answer)}</p>
            </Disclosure>
          ))}
        </div>
      </div>
      <section>
        <h2 className="text-std-22B-150 mb-4">{t(m.contactTitle)}</h2>
        <div className="flex flex-col gap-1">
          <Office full />
          <p>{t(m.contactBody)}</p>
        </div>
      </section>
    </div>
  );
}
