import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { displayFiscalYear } from '../../../domain/procedures/format-dates.ts';
import type { ProcedureDefinition } from '../../../domain/procedures/definition.ts';
import { procedureOf } from '../../../domain/procedures/registry.ts';
import {
  BackLink,
  Button,
  ErrorSummary,
  LinkButton,
  LoadError,
  Loading,
  NotificationBanner,
  PageTitle,
  RadioGroup,
} from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import { dateInTokyo, useDocumentTitle } from '../../lib/index.ts';
import { Component as NotFound } from '../NotFoundPage.tsx';
import { useSession } from '../session.tsx';
import { marked } from '../shared/Marked.tsx';
import { Needed } from '../shared/Needed.tsx';
import { PeriodList } from '../shared/Periods.tsx';
import { problemText } from '../shared/problems.ts';
import { useChildren, useDrafts, useMyApplications, useProcedures } from '../shared/queries.ts';
import { form as m } from '../texts/form.ts';
import { together as g } from '../texts/together.ts';
import { beginDraft } from './begin.ts';
import { choicesOf, refusalFor, yearOfChoice, type ChildChoice } from './child-choice.ts';
import { DraftCard } from './DraftCard.tsx';

/** Before an application: what it is for, what to have ready, drafts to go on with, for which child and year. */
export function Component() {
  const { s } = useI18n();
  const { procedure: code = '' } = useParams();
  const [search] = useSearchParams();
  const procedures = useProcedures();
  const children = useChildren();
  const drafts = useDrafts();
  const definition = procedureOf(code);
  const info = procedures.data?.procedures.find((one) => one.code === code);
  useDocumentTitle(definition ? s(m.beginTitle, { name: s(definition.name) }) : '');
  if (!definition) return <NotFound />;
  if (procedures.isPending || children.isPending || drafts.isPending) return <Loading />;
  if (!info) return <LoadError error={procedures.error} onRetry={() => void procedures.refetch()} />;
  if (!children.data) return <LoadError error={children.error} onRetry={() => void children.refetch()} />;
  const batch = search.get('batch') ?? undefined;
  const own = drafts.data?.drafts.filter((draft) => draft.procedure === code && draft.batchId === null) ?? [];
  const inBatch = drafts.data?.drafts.filter((draft) => batch !== undefined && draft.batchId === batch) ?? [];
  return (
    <Begin
      key={code}
      definition={definition}
      info={info}
      today={procedures.data?.today ?? dateInTokyo(new Date())}
      batch={batch}
      own={batch === undefined ? own : []}
      choices={choicesOf(definition, children.data.children, inBatch)}
      given={{ child: search.get('child') ?? '', year: Number(search.get('year')) }}
    />
  );
}

interface BeginProps {
  readonly definition: ProcedureDefinition;
  readonly info: NonNullable<ReturnType<typeof useProcedures>['data']>['procedures'][number];
  readonly today: string;
  readonly batch: string | undefined;
  readonly own: NonNullable<ReturnType<typeof useDrafts>['data']>['drafts'];
  readonly choices: readonly ChildChoice[];
  /** From the address: a link that already says for whom. */
  readonly given: { readonly child: string; readonly year: number };
}

function Begin({ definition, info, today, batch, own, choices, given }: BeginProps) {
  const i18n = useI18n();
  const { t, s, language } = i18n;
  const { account } = useSession();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const years = [...new Set(info.periods.filter((one) => one.open).map((one) => one.fiscalYear))];
  const [chosen, setChosen] = useState(() =>
    choices.some((one) => one.value === given.child)
      ? given.child
      : choices.length === 1 || (choices.length === 2 && definition.needs.kind !== 'none')
        ? (choices[0]?.value ?? '')
        : '',
  );
  const [year, setYear] = useState(() =>
    years.includes(given.year) ? given.year : yearOfChoice(definition, choices, chosen, years),
  );
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(0);
  const [problem, setProblem] = useState<string>();

  const choice = choices.find((one) => one.value === chosen);
  const refusal = choice && year !== undefined ? refusalFor(definition, choice, year) : undefined;
  const childError = tried > 0 && !choice ? s(g.chooseChild) : undefined;
  const yearError = tried > 0 && year === undefined ? s(g.chooseYear) : undefined;
  const begin = async () => {
    if (busy || !account) return;
    if (!choice || year === undefined || refusal) {
      setTried((count) => count + 1);
      return;
    }
    setBusy(true);
    setProblem(undefined);
    try {
      const { child, childDraft } = choice;
      const path = await beginDraft({
        ...{ definition, account, child, childDraft, today },
        ...{ fiscalYear: year, batchId: batch },
      });
      void queryClient.invalidateQueries({ queryKey: ['drafts'] });
      await navigate(path);
    } catch (error) {
      setProblem(problemText(error, i18n));
      setBusy(false);
    }
  };

  return (
    <div className="flex flex-col gap-10">
      <div>
        <BackLink to={batch === undefined ? '/' : `/together/${batch}`} />
        <ErrorSummary
          errors={[
            ...(childError === undefined ? [] : [{ fieldId: 'child', message: childError }]),
            ...(yearError === undefined ? [] : [{ fieldId: 'year', message: yearError }]),
          ]}
          focusKey={tried}
        />
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
          {batch === undefined && <Needed definition={definition} />}
          {choices.length > 1 && (
            <div className="measure">
              <RadioGroup
                id="child"
                boxed
                label={t(g.childTitle)}
                hint={t(g.childHint)}
                required
                value={chosen}
                error={childError}
                onChange={(value) => {
                  setChosen(value);
                  setYear((before) => before ?? yearOfChoice(definition, choices, value, years));
                }}
                options={choices.map((one) => ({
                  value: one.value,
                  label: typeof one.label === 'string' ? one.label : t(one.label),
                  ...(one.hint ? { hint: t(one.hint) } : {}),
                }))}
              />
            </div>
          )}
          {years.length > 1 && (
            <div className="measure">
              <RadioGroup
                id="year"
                label={t(g.yearTitle)}
                required
                value={year === undefined ? '' : String(year)}
                error={yearError}
                onChange={(next) => setYear(Number(next))}
                options={years.map((one) => ({
                  value: String(one),
                  label: marked(displayFiscalYear(one, language)),
                }))}
              />
            </div>
          )}
          {choice && refusal && (
            <NotificationBanner
              tone="warning"
              announce
              className="measure"
              title={t(g.cannot, { name: typeof choice.label === 'string' ? choice.label : t(choice.label) })}
              actions={<Instead code={refusal.instead} choice={choice} year={year} />}
            >
              <p>{t(refusal.reason)}</p>
            </NotificationBanner>
          )}
          <div className="measure flex flex-col gap-4">
            {problem !== undefined && <NotificationBanner tone="error" title={problem} announce />}
            <MayBeAway />
            <Button
              size="lg"
              busy={busy}
              disabled={refusal !== undefined}
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

function Instead({
  code,
  choice,
  year,
}: {
  code: string | null;
  choice: ChildChoice;
  year: number | undefined;
}) {
  const { t } = useI18n();
  const other = code === null ? undefined : procedureOf(code);
  if (!other) return null;
  const query = `child=${encodeURIComponent(choice.value)}&year=${String(year ?? '')}`;
  return (
    <LinkButton to={`/apply/${other.code}?${query}`} variant="outline">
      {t(g.useInstead, { name: t(other.name) })}
    </LinkButton>
  );
}

/** Where earlier answers cannot be read, a form that begins empty needs a word. */
function MayBeAway() {
  const { t } = useI18n();
  const { data } = useMyApplications();
  return data?.notice === 'kintoneAway' ? <NotificationBanner tone="info" title={t(g.kintoneAway)} /> : null;
}
