import { useLocation, useParams } from 'react-router';
import type { BatchResponse } from '../../../api/contract/index.ts';
import { procedureOf } from '../../../domain/procedures/registry.ts';
import {
  Button,
  ButtonGroup,
  ConfirmationPanel,
  LinkButton,
  LoadError,
  Loading,
  TextLink,
} from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import { useDocumentTitle } from '../../lib/index.ts';
import { Component as NotFound } from '../NotFoundPage.tsx';
import { useMyApplications } from '../shared/queries.ts';
import { moment } from '../shared/Marked.tsx';
import { applications as a } from '../texts/applications.ts';
import { common } from '../texts/common.ts';
import { together as m } from '../texts/together.ts';
import { byChild } from './batch.ts';

/** All are filed: each with its number, child by child. To print or keep. */
export function Component() {
  const { t, s, language } = useI18n();
  const { batchId = '' } = useParams();
  const arrived = useLocation().state as BatchResponse | null;
  const { data, error, isPending, refetch } = useMyApplications();
  useDocumentTitle(s(a.receivedTitle));
  const stored = (data?.applications ?? [])
    .filter((row) => row.batchId === batchId)
    .map((row) => ({ ...row, applicationId: row.id, childName: row.childName ?? s(a.nameAway) }));
  const received: readonly Omit<BatchResponse['applications'][number], 'submissionId'>[] =
    arrived?.batchId === batchId ? arrived.applications : stored;
  if (received.length === 0) {
    if (isPending) return <Loading />;
    return error ? <LoadError error={error} onRetry={() => void refetch()} /> : <NotFound />;
  }
  return (
    <div className="measure flex flex-col gap-10">
      <ConfirmationPanel title={t(m.receivedTitle, { count: received.length })} />
      <p>{t(m.receivedLead)}</p>
      {byChild(received, (one) => one.childName).map(({ name, items }) => (
        <section key={name}>
          <h2 className="text-std-22B-150 mb-3">{name}</h2>
          <ul className="border-t border-solid-gray-300">
            {items.map((one) => {
              const procedure = procedureOf(one.procedure)?.name;
              return (
                <li key={one.applicationId} className="border-b border-solid-gray-300 py-3">
                  <p className="flex flex-wrap justify-between gap-x-4">
                    <b>{procedure && t(procedure)}</b>
                    <span>{moment(one.receivedAt, language)}</span>
                  </p>
                  <p className="flex flex-wrap items-center justify-between gap-x-4">
                    <span>
                      {t(a.receiptNumber)}
                      {t(common.colon)}
                      <span className="text-std-20B-150 font-mono">{one.receiptNumber}</span>
                    </span>
                    <TextLink
                      to={`/applications/${one.applicationId}`}
                      className="no-print inline-flex min-h-11 items-center"
                    >
                      {t(a.open)}
                      <span className="sr-only">（{one.receiptNumber}）</span>
                    </TextLink>
                  </p>
                </li>
              );
            })}
          </ul>
        </section>
      ))}
      <section>
        <h2 className="text-std-22B-150 mb-4">{t(a.afterTitle)}</h2>
        <ol className="flex list-decimal flex-col gap-3 pl-6">
          <li>{t(a.after1)}</li>
          <li>{t(a.after2)}</li>
          <li>{t(a.after3)}</li>
        </ol>
      </section>
      <ButtonGroup className="no-print">
        <LinkButton to="/applications">{t(common.toList)}</LinkButton>
        <Button variant="outline" icon="print" onClick={() => window.print()}>
          {t(a.print)}
        </Button>
      </ButtonGroup>
    </div>
  );
}
