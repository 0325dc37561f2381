import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import type { BulkResponse, CreateBulkRequest, RoundsResponse } from '../../../api/contract/index.ts';
import { hasEffectiveDate } from '../../../domain/enrolment/decided.ts';
import { BOPS } from '../../../domain/facilities/facilities.ts';
import { PROCEDURES, procedureOf } from '../../../domain/procedures/registry.ts';
import { roundName } from '../../../domain/texts/rounds.ts';
import {
  BackLink,
  Button,
  Combobox,
  DateField,
  ErrorSummary,
  LoadError,
  Loading,
  NotificationBanner,
  PageTitle,
  RadioGroup,
  Select,
  TextArea,
} from '../../components/index.ts';
import { api, dateProblem, useDocumentTitle, useForm } from '../../lib/index.ts';
import { useAccount } from '../layout/session.tsx';
import { newId } from '../lib/ids.ts';
import { RoundsFrame } from './RoundsFrame.tsx';

/** The procedure whose places are counted. */
const PLACED = 'extendedUse';
/** The value of the field for all of them. */
const ALL_BOPS = '';

interface Values {
  readonly procedure: string;
  readonly year: string;
  readonly round: string;
  readonly bop: string;
  readonly plan: 'approve' | 'refuse' | 'places' | '';
  readonly effective: 'asked' | 'date' | '';
  readonly date: string;
  readonly reasonCode: string;
  readonly reason: string;
}

function dated(procedure: string): boolean {
  const definition = procedureOf(procedure);
  return definition !== undefined && hasEffectiveDate(definition);
}

function missingIn(values: Values): Record<string, string> {
  const { plan, procedure } = values;
  return {
    ...(procedure === '' && { procedure: '手続きを選んでください。' }),
    ...(values.year === '' && { year: '年度を選んでください。' }),
    ...(plan === '' && { plan: '決定の内容を選んでください。' }),
    ...(plan === 'approve' &&
      dated(procedure) &&
      values.effective === '' && { effective: '利用開始日の決め方を選んでください。' }),
    ...(plan === 'approve' &&
      values.effective === 'date' &&
      dateProblem(values.date) !== undefined && { date: '利用開始日を正しく入力してください。' }),
    ...(plan === 'refuse' && values.reasonCode === '' && { reasonCode: '不承認の理由を選んでください。' }),
    ...(plan === 'refuse' &&
      values.reason.trim() === '' && { reason: '申請者に伝える理由を入力してください。' }),
  };
}

function planOf(values: Values): CreateBulkRequest['plan'] {
  if (values.plan === 'refuse') {
    return { type: 'refuse', reasonCode: values.reasonCode, reason: values.reason.trim() };
  }
  if (values.plan === 'places') return { type: 'places' };
  if (!dated(values.procedure)) return { type: 'approve' };
  return {
    type: 'approve',
    effective: values.effective === 'date' ? { kind: 'date', date: values.date } : { kind: 'asked' },
  };
}

/** The beginning of a bulk decision: of which applications, and what. Nothing is decided here. */
export function Component() {
  useDocumentTitle('まとめて決定を始める');
  const account = useAccount();
  const query = useQuery({
    queryKey: ['round', 'all'],
    queryFn: ({ signal }) => api.get<RoundsResponse>('staff/rounds', { signal }),
  });
  return (
    <RoundsFrame>
      <BackLink to="/bulk-decisions">まとめて決定の一覧</BackLink>
      <PageTitle lead="対象と決定の内容を選ぶと、次の画面で1件ずつ確認できます。この画面では何も決定されません。">
        まとめて決定を始める
      </PageTitle>
      {account.role !== 'ward' ? (
        <NotificationBanner tone="warning" title="決定は児童課の職員が行います。" />
      ) : query.isPending ? (
        <Loading />
      ) : query.isError ? (
        <LoadError error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <BulkForm rounds={query.data.rounds} />
      )}
    </RoundsFrame>
  );
}

function BulkForm({ rounds }: RoundsResponse) {
  const [search] = useSearchParams();
  const navigate = useNavigate();
  // One preview for one filling in, however often it is sent.
  const [id, setId] = useState(newId);
  const procedure = search.get('procedure') ?? '';
  const form = useForm<Values>({
    idPrefix: 'bulk',
    initial: {
      procedure,
      year: search.get('fiscalYear') ?? '',
      round: search.get('round') ?? '',
      bop: search.get('bop') ?? ALL_BOPS,
      plan: procedure === PLACED ? 'places' : '',
      effective: '',
      date: '',
      reasonCode: '',
      reason: '',
    },
    validate: missingIn,
    mapServerPath: (path) =>
      path === 'fiscalYear' ? 'year' : path.startsWith('plan.reason') ? 'reason' : path,
    onSubmit: async (values) => {
      const body: CreateBulkRequest = {
        id,
        procedure: values.procedure,
        fiscalYear: Number(values.year),
        ...(values.round === '' ? {} : { round: values.round }),
        ...(values.bop === ALL_BOPS ? {} : { bops: [values.bop] }),
        plan: planOf(values),
      };
      try {
        const made = await api.post<BulkResponse>('staff/bulk-decisions', body);
        await navigate(`/bulk-decisions/${made.id}`);
      } catch (error) {
        setId(newId());
        throw error;
      }
    },
  });
  const { values } = form;
  const shared = { labelSize: 'sm', width: 'auto' } as const;
  const years = [...new Set(rounds.map((one) => one.fiscalYear))].toSorted((a, b) => b - a);
  const ofYear = [
    ...new Set(rounds.filter((one) => String(one.fiscalYear) === values.year).map((r) => r.round)),
  ];
  const definition = procedureOf(values.procedure);
  const plans =
    values.procedure === PLACED
      ? ([
          {
            value: 'places',
            label: '枠と順位に沿って決定する',
            hint: '優先順位の高い順に、枠のある間は承認し、枠のない申請は待機にします。',
          },
          { value: 'refuse', label: '不承認にする' },
        ] as const)
      : ([
          { value: 'approve', label: '承認する' },
          { value: 'refuse', label: '不承認にする' },
        ] as const);
  return (
    <form noValidate onSubmit={(event) => void form.submit(event)} className="flex max-w-3xl flex-col gap-6">
      <ErrorSummary errors={form.summary} focusKey={form.failures} />
      <Select
        {...form.field('procedure')}
        {...shared}
        label="手続き"
        required
        options={PROCEDURES.map(({ code, name }) => ({ value: code, label: name.ja }))}
        onChange={(code) =>
          form.setValues({ ...values, procedure: code, plan: code === PLACED ? 'places' : '' })
        }
      />
      <Select
        {...form.field('year')}
        {...shared}
        label="年度"
        required
        options={years.map((year) => ({ value: String(year), label: `${String(year)}年度` }))}
      />
      <Select
        {...form.field('round')}
        {...shared}
        label="受付回"
        placeholder="すべての受付回"
        options={ofYear.map((round) => ({ value: round, label: roundName(round) }))}
      />
      <Combobox
        {...form.field('bop')}
        label="新BOP"
        labelSize="sm"
        hint="空欄のときは、すべての新BOPが対象です。"
        options={BOPS.map(({ code, name }) => ({ value: code, label: name }))}
      />
      <RadioGroup {...form.field('plan')} label="決定の内容" labelSize="sm" required options={plans} />
      {values.plan === 'approve' && dated(values.procedure) && (
        <RadioGroup
          {...form.field('effective')}
          label="利用開始日"
          labelSize="sm"
          required
          options={[
            { value: 'asked', label: 'それぞれの申請者の希望日にする' },
            {
              value: 'date',
              label: '同じ日にする',
              reveals: (
                <DateField {...form.field('date')} label="利用開始日" labelSize="sm" required hideYearHint />
              ),
            },
          ]}
        />
      )}
      {values.plan === 'refuse' && (
        <>
          <Select
            {...form.field('reasonCode')}
            {...shared}
            label="不承認の理由"
            required
            options={(definition?.refusalReasons ?? []).map(({ code, label }) => ({ value: code, label }))}
          />
          <TextArea
            {...form.field('reason')}
            label="申請者に伝える理由"
            labelSize="sm"
            hint="対象のすべての申請者が、そのまま読みます。個別の事情がある申請は、次の画面で対象から外してください。"
            required
            maxCharacters={2000}
          />
        </>
      )}
      <div>
        <Button type="submit" busy={form.submitting}>
          対象を確認する
        </Button>
      </div>
    </form>
  );
}
