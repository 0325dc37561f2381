import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { Draft, MyApplication, SaveDraftRequest } from '../../../api/contract/index.ts';
import { procedureOf } from '../../../domain/procedures/registry.ts';
import {
  BackLink,
  Button,
  LoadError,
  Loading,
  NotificationBanner,
  PageTitle,
  RadioGroup,
} from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import { api, useDocumentTitle } from '../../lib/index.ts';
import { Component as NotFound } from '../NotFoundPage.tsx';
import { useSession } from '../session.tsx';
import { newId } from '../shared/ids.ts';
import { PeriodList } from '../shared/Periods.tsx';
import { problemText } from '../shared/problems.ts';
import { useDrafts, useMyApplications, useProcedures } from '../shared/queries.ts';
import { Ready } from '../shared/Ready.tsx';
import { form as m } from '../texts/form.ts';
import { DraftCard } from './DraftCard.tsx';
import { familyAnswers, prefilled, stepsOf } from './steps.ts';

const MOST_SOURCES = 4;

/** Before an application: what it is for, what to have ready, drafts to go on with, details to copy for a brother or sister. */
export function Component() {
  const i18n = useI18n();
  const { t, s } = i18n;
  const { procedure: code = '' } = useParams();
  const { account } = useSession();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const procedures = useProcedures();
  const drafts = useDrafts();
  const applications = useMyApplications();
  const [source, setSource] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const definition = procedureOf(code);
  const info = procedures.data?.procedures.find((one) => one.code === code);
  useDocumentTitle(definition ? s(m.beginTitle, { name: s(definition.name) }) : '');
  if (!definition) return <NotFound />;
  if (procedures.isPending) return <Loading />;
  if (!info) return <LoadError error={procedures.error} onRetry={() => void procedures.refetch()} />;

  const own = drafts.data?.drafts.filter((draft) => draft.procedure === code) ?? [];
  const sources = [
    ...(applications.data?.applications ?? [])
      .filter((one) => one.procedure === code && one.childName !== null)
      .map((one) => ({ value: `my/applications/${one.id}`, name: one.childName ?? '' })),
    ...own
      .filter((draft) => draft.childName !== '')
      .map((draft) => ({ value: `drafts/${draft.id}`, name: draft.childName })),
  ].slice(0, MOST_SOURCES);

  const begin = async () => {
    if (busy || !account) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const copied =
        source === '' || source === 'none'
          ? {}
          : familyAnswers(definition, (await api.get<Draft | MyApplication>(source)).answers);
      const answers = prefilled(definition, account, copied) as SaveDraftRequest['answers'];
      const id = newId();
      const first = stepsOf(definition, answers)[0]?.id ?? '';
      const body: SaveDraftRequest = { procedure: code, answers, files: [], step: first };
      await api.put(`drafts/${id}`, body);
      void queryClient.invalidateQueries({ queryKey: ['drafts'] });
      await navigate(`/drafts/${id}/${first}`);
    } catch (error) {
      setProblem(problemText(error, i18n));
      setBusy(false);
    }
  };

  return (
    <div className="flex flex-col gap-10">
      <div>
        <BackLink to="/" />
        <PageTitle lead={<p>{t(definition.summary)}</p>}>
          {t(m.beginTitle, { name: t(definition.name) })}
        </PageTitle>
        <PeriodList periods={info.periods} />
      </div>
      {own.length > 0 && (
        <section className="measure flex flex-col gap-4">
          <h2 className="text-std-22B-150">{t(m.resumeTitle)}</h2>
          {own.map((draft) => (
            <DraftCard key={draft.id} draft={draft} />
          ))}
        </section>
      )}
      {info.open ? (
        <>
          <Ready title={m.beginReady} />
          <section className="measure">
            <h2 className="text-std-24B-150 mb-4">{t(m.beginTime)}</h2>
            <p>{t(m.beginTimeBody)}</p>
          </section>
          {sources.length > 0 && (
            <div className="measure">
              <RadioGroup
                id="copy-from"
                label={t(m.copyTitle)}
                hint={t(m.copyHint)}
                value={source === '' ? 'none' : source}
                onChange={setSource}
                hideMark
                options={[
                  { value: 'none', label: t(m.copyNone) },
                  ...sources.map(({ value, name }) => ({ value, label: t(m.copyFrom, { name }) })),
                ]}
              />
            </div>
          )}
          <div className="measure flex flex-col gap-4">
            {problem !== undefined && <NotificationBanner tone="error" title={problem} announce />}
            <Button
              size="lg"
              busy={busy}
              onClick={() => void begin()}
              className="w-full sm:w-auto sm:self-start"
            >
              {own.length > 0 ? t(m.beginAnother) : t(m.begin)}
            </Button>
          </div>
        </>
      ) : (
        <NotificationBanner tone="warning" title={t(m.closedTitle)} />
      )}
    </div>
  );
}
