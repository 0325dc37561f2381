import type { ProceduresResponse } from '../../api/contract/index.ts';
import { procedureOf } from '../../domain/procedures/registry.ts';
import {
  Button,
  ButtonGroup,
  Card,
  LinkButton,
  LoadError,
  Loading,
  PageTitle,
  TextLink,
} from '../components/index.ts';
import { useI18n } from '../i18n/index.tsx';
import type { Text } from '../i18n/index.tsx';
import { useDocumentTitle } from '../lib/index.ts';
import { Children } from './family/Children.tsx';
import { useSession } from './session.tsx';
import { PeriodList } from './shared/Periods.tsx';
import { Ready } from './shared/Ready.tsx';
import { useDrafts, useMyApplications, useProcedures } from './shared/queries.ts';
import { common } from './texts/common.ts';
import { start as m } from './texts/start.ts';
import { together as g } from './texts/together.ts';

type Procedure = ProceduresResponse['procedures'][number];

/** What one can do here, what is open, what to have ready, how to begin. */
export function Component() {
  const { t, s } = useI18n();
  const { account } = useSession();
  useDocumentTitle(s(m.title));
  return (
    <div className="flex flex-col gap-12">
      <div>
        <PageTitle lead={<p>{t(m.lead)}</p>}>{t(m.title)}</PageTitle>
        {account?.kind === 'applicant' ? <Yours /> : account === undefined && <Begin />}
      </div>
      <OpenProcedures />
      <section className="measure">
        <h2 className="text-std-24B-150 mb-4">{t(m.flowTitle)}</h2>
        <ol className="flex flex-col gap-4">
          <Flow number={1} title={m.flow1} body={m.flow1Body} />
          <Flow number={2} title={m.flow2} body={m.flow2Body} />
          <Flow number={3} title={m.flow3} body={m.flow3Body} />
          <Flow number={4} title={m.flow4} body={m.flow4Body} />
        </ol>
      </section>
      <Ready title={m.readyTitle} />
    </div>
  );
}

function Begin() {
  const { t } = useI18n();
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Card title={t(m.firstTime)}>
        <LinkButton to="/register" wide size="lg">
          {t(m.toRegister)}
        </LinkButton>
      </Card>
      <Card title={t(m.returning)}>
        <LinkButton to="/sign-in" variant="outline" wide size="lg">
          {t(common.signIn)}
        </LinkButton>
      </Card>
    </div>
  );
}

function Yours() {
  const { t } = useI18n();
  const applications = useMyApplications();
  const drafts = useDrafts();
  const asked = applications.data?.applications.filter((one) => one.openItems > 0).length ?? 0;
  const unfinished = drafts.data?.drafts.length ?? 0;
  return (
    <Card title={t(m.yoursTitle)} tone={asked > 0 ? 'warning' : 'info'}>
      <div className="flex flex-col gap-4">
        {asked > 0 && <p className="font-bold">{t(m.yoursAsked, { count: asked })}</p>}
        {unfinished > 0 && <p>{t(m.yoursDrafts, { count: unfinished })}</p>}
        {asked + unfinished === 0 && <p>{t(m.yoursOpen)}</p>}
        <div>
          <LinkButton to="/applications">{t(common.toList)}</LinkButton>
        </div>
      </div>
    </Card>
  );
}

function OpenProcedures() {
  const { t } = useI18n();
  const { account } = useSession();
  const { data, error, isPending, refetch } = useProcedures();
  const isFamily = account?.kind === 'applicant';
  const procedures = data?.procedures ?? [];
  const joining = procedures.filter((one) => procedureOf(one.code)?.needs.kind === 'none');
  const using = procedures.filter((one) => procedureOf(one.code)?.needs.kind !== 'none');
  return (
    <>
      {isPending && <Loading />}
      {!data && error && <LoadError error={error} onRetry={() => void refetch()} />}
      {isFamily && data && <Children procedures={procedures} />}
      {joining.length > 0 && (
        <section>
          <h2 className="text-std-24B-150 mb-4">{t(m.joinGuide)}</h2>
          <div className="flex flex-col gap-4">
            {joining.map((procedure) => (
              <ProcedureCard key={procedure.code} procedure={procedure} />
            ))}
          </div>
        </section>
      )}
      {using.length > 0 && (
        <section>
          <h2 className="text-std-24B-150 mb-2">{t(m.usingGuide)}</h2>
          <p className="mb-4">{t(m.usingGuideBody)}</p>
          <ul className="grid gap-4 sm:grid-cols-2">
            {using.map((procedure) => (
              <li key={procedure.code} className="rounded-12 border border-solid-gray-420 p-4">
                <h3 className="text-std-18B-160">
                  <TextLink to={`/apply/${procedure.code}`} className="inline-flex min-h-11 items-center">
                    {t(procedure.name)}
                  </TextLink>
                </h3>
                <p>{t(procedure.summary)}</p>
                {!procedure.open && <p className="mt-2 font-bold">{t(m.closed)}</p>}
              </li>
            ))}
          </ul>
        </section>
      )}
      {isFamily && (
        <Card title={t(g.startCard)} headingLevel={2}>
          <p className="mb-4">{t(g.lead)}</p>
          <LinkButton to="/together" variant="outline">
            {t(g.title)}
          </LinkButton>
        </Card>
      )}
    </>
  );
}

function ProcedureCard({ procedure }: { procedure: Procedure }) {
  const { t } = useI18n();
  return (
    <Card title={t(procedure.name)} headingLevel={3}>
      <div className="flex flex-col gap-4">
        <p>{t(procedure.summary)}</p>
        <PeriodList periods={procedure.periods} />
        <ButtonGroup>
          {procedure.open ? (
            <LinkButton to={`/apply/${procedure.code}`} size="lg">
              {t(m.apply, { name: t(procedure.name) })}
            </LinkButton>
          ) : (
            <Button size="lg" disabled>
              {t(m.closed)}
            </Button>
          )}
        </ButtonGroup>
      </div>
    </Card>
  );
}

function Flow({ number, title, body }: { number: number; title: Text; body: Text }) {
  const { t } = useI18n();
  return (
    <li className="flex gap-4">
      <span
        aria-hidden="true"
        className="flex size-9 shrink-0 items-center justify-center rounded-full bg-blue-900 font-bold text-white forced-colors:border"
      >
        {number}
      </span>
      <div>
        <p className="text-std-17B-170">{t(title)}</p>
        <p>{t(body)}</p>
      </div>
    </li>
  );
}
