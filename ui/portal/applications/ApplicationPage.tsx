import type { MyApplication, TimelineEntry } from '../../../api/contract/index.ts';
import { bopOf } from '../../../domain/facilities/facilities.ts';
import { displayDate, displayFiscalYear } from '../../../domain/procedures/format-dates.ts';
import {
  BackLink,
  Card,
  DescriptionList,
  Disclosure,
  LinkButton,
  NotificationBanner,
  PageTitle,
  StatusTag,
  StepNav,
  TextLink,
  Timeline,
} from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import { dateInTokyo, useDocumentTitle } from '../../lib/index.ts';
import { MyNotices } from '../notices/MyNotices.tsx';
import { AnswersList } from '../form/AnswerView.tsx';
import { Written } from '../reading/Written.tsx';
import { marked, moment } from '../shared/Marked.tsx';
import { applications as m } from '../texts/applications.ts';
import { common } from '../texts/common.ts';
import { Deadline } from './Deadline.tsx';
import { DocumentsList } from './Documents.tsx';
import { Loaded } from './Loaded.tsx';
import type { LoadedApplication } from './Loaded.tsx';
import { PHASES, phaseOf, toneOf } from './standing.ts';

const PHASE_LABELS = {
  received: m.phaseReceived,
  review: m.phaseReview,
  decision: m.phaseDecision,
  result: m.phaseResult,
};

/** One application: how it stands, what is asked, what was filed, what happened. Changes appear by themselves. */
export function Component() {
  return <Loaded>{(loaded) => <ApplicationView {...loaded} />}</Loaded>;
}

function ApplicationView({ application, definition }: LoadedApplication) {
  const { t, s, language } = useI18n();
  const { status, stage, request } = application;
  const phase = PHASES.indexOf(phaseOf(application));
  const name = application.childName ?? s(m.nameAway);
  const open = request?.items.filter((item) => item.status === 'open') ?? [];
  useDocumentTitle(`${name}｜${s(definition.name)}`);
  return (
    <div className="flex max-w-4xl flex-col gap-10">
      <div>
        <BackLink to="/applications">{t(m.listTitle)}</BackLink>
        <PageTitle caption={t(definition.name)}>{name}</PageTitle>
        {application.notice === 'kintoneAway' && (
          <NotificationBanner tone="info" title={t(common.kintoneAway)} className="mb-6">
            <p>{t(common.kintoneAwayBody)}</p>
          </NotificationBanner>
        )}
        <StepNav
          steps={PHASES.map((id) => ({ id, label: t(PHASE_LABELS[id]) }))}
          current={PHASES[phase] ?? 'received'}
          done={PHASES.slice(0, phase)}
        />
        <section aria-live="polite">
          <h2 className="text-std-22B-150 mb-3">{t(m.statusTitle)}</h2>
          <p className="mb-3">
            <StatusTag tone={toneOf(stage)}>{t(status.label)}</StatusTag>
          </p>
          <p className="measure">{t(status.explanation)}</p>
          {status.next && <p className="measure">{t(status.next)}</p>}
        </section>
      </div>
      {open.length > 0 && application.offered.includes('answer') && (
        <Card title={t(m.askedTitle)} tone="warning">
          <div className="flex flex-col gap-4">
            <ul className="flex list-disc flex-col gap-2 pl-6">
              {open.map((item) => (
                <li key={item.id}>
                  <b>{t(item.label)}</b>：{t(item.reason)}
                </li>
              ))}
            </ul>
            {request && <Deadline date={request.deadline} />}
            <div>
              <LinkButton to="answer" size="lg" className="w-full sm:w-auto">
                {t(m.answer)}
              </LinkButton>
            </div>
          </div>
        </Card>
      )}
      {application.decision && (
        <Decision decision={application.decision} begins={BEGINS_USE.includes(application.procedure)} />
      )}
      {application.decision && <MyNotices applicationId={application.id} />}
      <DescriptionList
        columns={2}
        items={[
          {
            key: 'number',
            term: t(m.receiptNumber),
            description: <span className="font-mono">{application.receiptNumber}</span>,
          },
          {
            key: 'at',
            term: t(m.receivedAt),
            description: moment(application.receivedAt, language),
          },
          {
            key: 'procedure',
            term: t(m.procedure),
            description: (
              <>
                {t(definition.name)}・{marked(displayFiscalYear(application.fiscalYear, language))}
              </>
            ),
          },
          {
            key: 'bop',
            term: t(m.bop),
            description: bopOf(application.bopCode)?.name ?? application.bopCode,
          },
        ]}
      />
      <section>
        <h2 className="text-std-22B-150 mb-3">{t(m.documents)}</h2>
        <DocumentsList definition={definition} files={application.documents} />
      </section>
      {application.answers && (
        <section>
          <h2 className="text-std-22B-150 mb-3">{t(m.filedAnswers)}</h2>
          <Disclosure summary={t(m.showAnswers)}>
            <AnswersList definition={definition} answers={application.answers} headingLevel={3} />
          </Disclosure>
        </section>
      )}
      <section>
        <h2 className="text-std-22B-150 mb-4">{t(m.history)}</h2>
        <History entries={application.timeline} />
      </section>
      {application.offered.includes('cancel') && (
        <p>
          <TextLink to="cancel" className="inline-flex min-h-11 items-center">
            {t(m.cancelLink)}
          </TextLink>
        </p>
      )}
    </div>
  );
}

/** Procedures whose approval lets the child come from a day on. */
const BEGINS_USE = ['admission', 'extendedUse'];

function Decision({
  decision,
  begins,
}: {
  decision: NonNullable<MyApplication['decision']>;
  begins: boolean;
}) {
  const { t, language } = useI18n();
  const day = (date: string) => marked(displayDate(date, language));
  const approved = decision.outcome === 'approved';
  const reason = [decision.reasonLabel, decision.reason]
    .filter((part) => part !== null && part !== '')
    .join('\n');
  return (
    <Card title={t(m.decisionTitle)} {...(approved ? { tone: 'info' as const } : {})}>
      <DescriptionList
        columns={2}
        items={[
          {
            key: 'outcome',
            term: t(m.outcome),
            description: (
              <b>{t(approved ? (begins ? m.approved : m.accepted) : begins ? m.refused : m.notAccepted)}</b>
            ),
          },
          { key: 'at', term: t(m.decidedAt), description: day(dateInTokyo(decision.decidedAt)) },
          ...(decision.effectiveFrom === null
            ? []
            : [
                {
                  key: 'from',
                  term: t(begins ? m.effectiveFrom : m.holdsFrom),
                  description: day(decision.effectiveFrom),
                },
              ]),
          ...(reason === '' ? [] : [{ key: 'reason', term: t(m.reason), description: reason }]),
        ]}
      />
    </Card>
  );
}

function Detail({ text }: { text: string }) {
  return (
    <p className="whitespace-pre-wrap">
      <Written text={text} />
    </p>
  );
}

function History({ entries }: { entries: readonly TimelineEntry[] }) {
  const { t, language } = useI18n();
  const by = ({ by: person }: TimelineEntry) => {
    if (person.kind === 'applicant') return t(m.byYou);
    if (person.kind === 'system') return undefined;
    return person.role === 'ward' ? t(m.byWard) : t(m.byOffice);
  };
  return (
    <Timeline
      items={[...entries]
        .sort((a, b) => b.seq - a.seq)
        .map((entry) => {
          const actor = by(entry);
          return {
            id: String(entry.seq),
            at: entry.at,
            ...(language !== 'ja' && { when: moment(entry.at, language) }),
            title: t(entry.title),
            ...(actor === undefined ? {} : { actor }),
            ...(entry.detail === null ? {} : { body: <Detail text={entry.detail} /> }),
          };
        })}
    />
  );
}
