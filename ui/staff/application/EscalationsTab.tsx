import type { StaffApplication } from '../../../api/contract/index.ts';
import { STAGE_LABELS } from '../../../domain/texts/application.ts';
import { Button, EmptyState, ErrorSummary, StatusTag, TextArea, useToast } from '../../components/index.ts';
import type { StatusTone } from '../../components/index.ts';
import { formatDateTime, useForm } from '../../lib/index.ts';
import { personName } from '../lib/people.ts';
import { Material } from '../review/Material.tsx';
import { useOpened } from './context.tsx';

type Escalation = StaffApplication['escalations'][number];

function stateOf(one: Escalation): {
  readonly label: string;
  readonly tone: StatusTone;
  readonly open: boolean;
} {
  if (one.withdrawnAt !== null) return { label: '取消', tone: 'neutral', open: false };
  if (one.answeredAt !== null) return { label: '回答済み', tone: 'success', open: false };
  return { label: '区の回答待ち', tone: 'warning', open: true };
}

/** Questions to the ward and its instructions (Q16, Q20). */
export function EscalationsTab() {
  const { application, offers, openForm, actionOf } = useOpened();
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="text-std-20B-150">区への照会</h2>
        {offers('escalate') && (
          <Button variant="outline" size="sm" onClick={() => openForm('escalate')}>
            {actionOf('escalate')?.label}
          </Button>
        )}
      </div>
      {application.escalations.length === 0 ? (
        <EmptyState title="照会はありません" />
      ) : (
        <ol className="flex flex-col gap-4">
          {application.escalations.toReversed().map((one) => (
            <EscalationItem key={one.id} escalation={one} />
          ))}
        </ol>
      )}
    </div>
  );
}

function EscalationItem({ escalation }: { escalation: Escalation }) {
  const { application, offers, openForm, actionOf } = useOpened();
  const { label, tone, open } = stateOf(escalation);
  const criterion = application.checklist.find((item) => item.criterionId === escalation.criterionId);
  return (
    <li className="flex flex-col gap-3 rounded-12 border border-solid-gray-420 bg-white p-4">
      <p className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <StatusTag tone={tone}>{label}</StatusTag>
        <span>
          {formatDateTime(escalation.askedAt)}　{personName(escalation.askedBy)}（
          {STAGE_LABELS[escalation.from]}）
        </span>
      </p>
      {criterion && <h3 className="text-std-17B-170">{criterion.title}</h3>}
      <p className="whitespace-pre-wrap">{escalation.question ?? '（一時的に読み込めません）'}</p>
      {open && criterion && <Material item={criterion} />}
      {escalation.answeredBy && escalation.answeredAt !== null && (
        <div className="border-l-4 border-cyan-900 pl-3">
          <p className="text-dns-14B-130">
            区の指示（{formatDateTime(escalation.answeredAt)}　{personName(escalation.answeredBy)}）
          </p>
          <p className="whitespace-pre-wrap">{escalation.instruction}</p>
        </div>
      )}
      {open && offers('instruct') && <InstructForm escalationId={escalation.id} />}
      {open && offers('withdrawEscalation') && (
        <div>
          <Button variant="text" size="sm" onClick={() => openForm('withdrawEscalation', escalation.id)}>
            {actionOf('withdrawEscalation')?.label}
          </Button>
        </div>
      )}
    </li>
  );
}

function InstructForm({ escalationId }: { escalationId: string }) {
  const { act, actionOf } = useOpened();
  const toast = useToast();
  const form = useForm({
    idPrefix: `instruct-${escalationId}`,
    initial: { instruction: '' },
    validate: ({ instruction }) => ({
      ...(instruction.trim() === '' && { instruction: '指示を入力してください。' }),
    }),
    mapServerPath: () => undefined,
    onSubmit: async ({ instruction }) => {
      await act({ type: 'instruct', escalationId, instruction: instruction.trim() });
      toast.show('区の指示を回答しました', { tone: 'success' });
    },
  });
  return (
    <form noValidate onSubmit={(event) => void form.submit(event)} className="flex flex-col gap-3">
      <ErrorSummary errors={form.summary} focusKey={form.failures} />
      <TextArea
        {...form.field('instruction')}
        label="区の指示"
        labelSize="sm"
        hint="審査する人が、この指示に従って判定します。"
        required
        maxCharacters={2000}
      />
      <div>
        <Button type="submit" size="sm" busy={form.submitting}>
          {actionOf('instruct')?.label}
        </Button>
      </div>
    </form>
  );
}
