import type { MyApplicationRow } from '../../../api/contract/index.ts';
import { displayDate, displayFiscalYear } from '../../../domain/procedures/format-dates.ts';
import { procedureOf } from '../../../domain/procedures/registry.ts';
import {
  ButtonGroup,
  Card,
  EmptyState,
  LinkButton,
  LoadError,
  Loading,
  NotificationBanner,
  PageTitle,
  StatusTag,
} from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import { dateInTokyo, useDocumentTitle } from '../../lib/index.ts';
import { DraftCard } from '../form/DraftCard.tsx';
import { marked } from '../shared/Marked.tsx';
import { useDrafts, useMyApplications } from '../shared/queries.ts';
import { byChild } from '../together/batch.ts';
import { applications as m } from '../texts/applications.ts';
import { common } from '../texts/common.ts';
import { form as f } from '../texts/form.ts';
import { together as g } from '../texts/together.ts';
import { Deadline } from './Deadline.tsx';
import { toneOf } from './standing.ts';
import { MyEnrolments } from './MyEnrolments.tsx';

/** All of one's applications and drafts, with what to do next. */
export function Component() {
  const { t, s } = useI18n();
  const drafts = useDrafts();
  const filed = useMyApplications();
  useDocumentTitle(s(m.listTitle));
  const nothing = drafts.data?.drafts.length === 0 && filed.data?.applications.length === 0;
  const batches = [...new Set((drafts.data?.drafts ?? []).flatMap((draft) => draft.batchId ?? []))];
  const inBatch = (batchId: string) => drafts.data?.drafts.filter((one) => one.batchId === batchId) ?? [];
  return (
    <div className="flex max-w-4xl flex-col gap-10">
      <div>
        <PageTitle
          actions={
            <LinkButton to="/" variant="outline">
              {t(m.startNew)}
            </LinkButton>
          }
        >
          {t(m.listTitle)}
        </PageTitle>
        {filed.data?.notice === 'kintoneAway' && (
          <NotificationBanner tone="info" title={t(common.kintoneAway)} className="mb-6">
            <p>{t(common.kintoneAwayBody)}</p>
          </NotificationBanner>
        )}
        {nothing && (
          <EmptyState title={t(m.empty)} action={<LinkButton to="/">{t(common.toHome)}</LinkButton>}>
            <p>{t(m.emptyBody)}</p>
          </EmptyState>
        )}
        {(drafts.isPending || filed.isPending) && <Loading />}
      </div>
      {!drafts.data && drafts.error && (
        <LoadError error={drafts.error} onRetry={() => void drafts.refetch()} />
      )}
      {(drafts.data?.drafts.length ?? 0) > 0 && (
        <section className="flex flex-col gap-4">
          <h2 className="text-std-22B-150">{t(m.draftsTitle)}</h2>
          {batches.map((batchId) => (
            <Card
              key={batchId}
              headingLevel={3}
              title={t(g.title)}
              actions={<StatusTag>{t(m.together, { count: inBatch(batchId).length })}</StatusTag>}
            >
              <p className="mb-4">
                {inBatch(batchId)
                  .map((draft) => (draft.childName === '' ? s(f.noNameYet) : draft.childName))
                  .filter((name, index, all) => all.indexOf(name) === index)
                  .join('、')}
              </p>
              <LinkButton to={`/together/${batchId}`}>{t(f.resume)}</LinkButton>
            </Card>
          ))}
          {drafts.data?.drafts
            .filter((draft) => draft.batchId === null)
            .map((draft) => (
              <DraftCard key={draft.id} draft={draft} />
            ))}
        </section>
      )}
      {!filed.data && filed.error && <LoadError error={filed.error} onRetry={() => void filed.refetch()} />}
      {byChild(filed.data?.applications ?? [], (row) => row.childKey).map(({ name: key, items }) => {
        const name = items.find((row) => row.childName !== null)?.childName;
        return (
          <section key={key} className="flex flex-col gap-4">
            <h2 className="text-std-22B-150">{name ?? t(m.nameAway)}</h2>
            {items.map((row) => (
              <Filed key={row.id} row={row} />
            ))}
          </section>
        );
      })}
      <MyEnrolments />
    </div>
  );
}

function Filed({ row }: { row: MyApplicationRow }) {
  const { t, language } = useI18n();
  const procedure = procedureOf(row.procedure);
  const name = row.childName ?? t(m.nameAway);
  const asked = row.openItems > 0;
  const label = (
    <>
      <span className="sr-only">
        （{name}、{row.receiptNumber}）
      </span>
    </>
  );
  return (
    <Card
      headingLevel={3}
      {...(asked ? { tone: 'warning' as const } : {})}
      title={
        <>
          {procedure && t(procedure.name)}
          <span className="sr-only">（{name}）</span>
          <span className="text-std-16N-170 block text-solid-gray-700">
            {marked(displayFiscalYear(row.fiscalYear, language))}
          </span>
        </>
      }
      actions={<StatusTag tone={toneOf(row.stage)}>{t(row.status.label)}</StatusTag>}
    >
      <div className="flex flex-col gap-4">
        {row.status.next ? (
          <p className={asked ? 'font-bold' : undefined}>{t(row.status.next)}</p>
        ) : (
          asked && <p className="font-bold">{t(m.openItems, { count: row.openItems })}</p>
        )}
        {row.deadline !== null && <Deadline date={row.deadline} />}
        <p className="text-dns-16N-130 flex flex-wrap gap-x-4 gap-y-1 text-solid-gray-700">
          <span>
            {t(m.receiptNumber)}
            {t(common.colon)}
            <span className="font-mono">{row.receiptNumber}</span>
          </span>
          <span>{t(m.receivedOn, { date: marked(displayDate(dateInTokyo(row.receivedAt), language)) })}</span>
        </p>
        <ButtonGroup>
          {asked && (
            <LinkButton to={`/applications/${row.id}/answer`}>
              {t(m.answer)}
              {label}
            </LinkButton>
          )}
          <LinkButton to={`/applications/${row.id}`} variant="outline">
            {t(m.open)}
            {label}
          </LinkButton>
        </ButtonGroup>
      </div>
    </Card>
  );
}
