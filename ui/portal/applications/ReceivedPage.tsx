import { useLocation, useParams } from 'react-router';
import type { MyApplication, SubmitResponse } from '../../../api/contract/index.ts';
import type { ProcedureDefinition } from '../../../domain/procedures/definition.ts';
import { missingDocuments } from '../../../domain/procedures/documents.ts';
import { procedureOf } from '../../../domain/procedures/registry.ts';
import {
  Button,
  ButtonGroup,
  ConfirmationPanel,
  LinkButton,
  Loading,
  NotificationBanner,
} from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import { useDocumentTitle } from '../../lib/index.ts';
import { Component as NotFound } from '../NotFoundPage.tsx';
import { useMyApplication } from '../shared/queries.ts';
import { applications as m } from '../texts/applications.ts';

/** It is filed: the number, and what happens next. Stands even where the details cannot be loaded right now. */
export function Component() {
  const { t, s } = useI18n();
  const { id = '' } = useParams();
  const arrived = useLocation().state as SubmitResponse | null;
  const { data, error } = useMyApplication(id);
  useDocumentTitle(s(m.receivedTitle));
  const receiptNumber = arrived?.receiptNumber ?? data?.receiptNumber;
  if (receiptNumber === undefined) return error ? <NotFound /> : <Loading />;
  const definition = data && procedureOf(data.procedure);
  return (
    <div className="measure flex flex-col gap-10">
      <ConfirmationPanel title={t(m.receivedTitle)} receiptNumber={receiptNumber} />
      {definition && <AboutMail application={data} definition={definition} />}
      <section>
        <h2 className="text-std-22B-150 mb-4">{t(m.afterTitle)}</h2>
        <ol className="flex list-decimal flex-col gap-3 pl-6">
          <li>{t(m.after1)}</li>
          <li>{t(m.after2)}</li>
          <li>{t(m.after3)}</li>
        </ol>
      </section>
      {definition && <ToFollow application={data} definition={definition} />}
      <ButtonGroup className="no-print">
        <LinkButton to={`/applications/${id}`}>{t(m.toApplication)}</LinkButton>
        {data && (
          <LinkButton to={`/apply/${data.procedure}`} variant="outline">
            {t(m.another)}
          </LinkButton>
        )}
        <Button variant="text" onClick={() => window.print()}>
          {t(m.print)}
        </Button>
      </ButtonGroup>
    </div>
  );
}

interface Known {
  readonly application: MyApplication;
  readonly definition: ProcedureDefinition;
}

function AboutMail({ application, definition }: Known) {
  const { t } = useI18n();
  if (!application.answers) return null;
  const email =
    definition.roles.email === undefined ? undefined : application.answers[definition.roles.email];
  return typeof email === 'string' && email !== '' ? (
    <p>{t(m.receivedMail, { email: <b>{email}</b> })}</p>
  ) : (
    <p>{t(m.receivedNoMail)}</p>
  );
}

function ToFollow({ application, definition }: Known) {
  const { t } = useI18n();
  if (!application.answers) return null;
  const types = application.documents.map((file) => file.documentType);
  const missing = missingDocuments(definition, application.answers, types);
  if (missing.length === 0) return null;
  return (
    <NotificationBanner tone="warning" title={t(m.missingTitle)}>
      <p>{t(m.missingBody)}</p>
      <ul className="flex list-disc flex-col gap-1 pl-6">
        {missing.map((document) => (
          <li key={document.type}>{t(document.label)}</li>
        ))}
      </ul>
    </NotificationBanner>
  );
}
