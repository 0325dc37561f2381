import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { MyItem } from '../../../api/contract/index.ts';
import { BackLink, Button, ErrorSummary, PageTitle, TaskList } from '../../components/index.ts';
import type { TaskListItem } from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import { useDocumentTitle } from '../../lib/index.ts';
import { answer as m, applications } from '../texts/applications.ts';
import { common } from '../texts/common.ts';
import { useAnswer } from './answer-state.tsx';
import { Deadline } from './Deadline.tsx';
import { NothingToAnswer } from './NothingToAnswer.tsx';

/** What is asked, by when, and what of it is ready to be sent. */
export function Component() {
  const { t, s } = useI18n();
  const { application, open, ready } = useAnswer();
  const navigate = useNavigate();
  const [failures, setFailures] = useState(0);
  const { request } = application;
  const page = `/applications/${application.id}`;
  const errors =
    failures > 0 && ready.length === 0
      ? [{ message: t(m.noneReady), ...(open[0] ? { fieldId: `item-${open[0].id}` } : {}) }]
      : [];
  const name = application.childName ?? s(applications.nameAway);
  useDocumentTitle(`${s(m.title)}｜${name}`, {
    hasErrors: errors.length > 0,
    errorWord: s(common.errorWord),
  });
  if (!request || open.length === 0) return <NothingToAnswer />;

  const next = async () => {
    if (ready.length === 0) setFailures((count) => count + 1);
    else await navigate('check');
  };
  const task = (item: MyItem): TaskListItem => ({
    id: item.id,
    label: <span id={`item-${item.id}`}>{t(item.label)}</span>,
    hint: t(item.reason),
    ...(item.status === 'open' ? { to: `items/${item.id}` } : {}),
    status: standing(item),
  });
  const standing = (item: MyItem): TaskListItem['status'] => {
    if (item.status === 'answered') return { label: t(m.answered), tone: 'success' };
    if (item.status === 'waived') return { label: t(m.waived), tone: 'neutral' };
    if (item.status === 'corrected') return { label: t(m.corrected), tone: 'success' };
    return ready.includes(item) ? { label: t(m.ready), tone: 'info' } : { label: t(m.todo), tone: 'warning' };
  };
  return (
    <div className="measure flex flex-col gap-8">
      <div>
        <BackLink to={page}>{t(applications.toApplication)}</BackLink>
        <ErrorSummary errors={errors} focusKey={failures} />
        <PageTitle caption={name} lead={<p>{t(m.lead)}</p>}>
          {t(m.title)}
        </PageTitle>
        <Deadline date={request.deadline} />
      </div>
      <section>
        <h2 className="text-std-22B-150 mb-4">{t(m.items)}</h2>
        <TaskList items={request.items.map(task)} />
      </section>
      <div>
        <Button size="lg" onClick={() => void next()} className="w-full sm:w-auto">
          {t(m.toCheck)}
        </Button>
      </div>
    </div>
  );
}
