import { useQuery } from '@tanstack/react-query';
import type { PeopleResponse } from '../../../api/contract/index.ts';
import { ROLE_LABELS } from '../../../domain/people/actor.ts';
import { Button, Dialog, LoadError, Loading, RadioGroup } from '../../components/index.ts';
import { api, formatCount } from '../../lib/index.ts';
import { useOpened } from '../application/context.tsx';
import { ActionDialog } from './ActionDialog.tsx';

/** Who takes this review; those who may not (four eyes) are there with the reason. */
export function AssignDialog({ onClose }: { onClose: () => void }) {
  const { application } = useOpened();
  const query = useQuery({
    queryKey: ['people', application.id, application.seq],
    queryFn: ({ signal }) =>
      api.get<PeopleResponse>('staff/people', { query: { applicationId: application.id }, signal }),
    gcTime: 0,
  });
  if (!query.data) {
    return (
      <Dialog
        open
        title="担当者を決める"
        onClose={onClose}
        actions={
          <Button variant="outline" onClick={onClose}>
            閉じる
          </Button>
        }
      >
        {query.isError ? <LoadError error={query.error} onRetry={() => void query.refetch()} /> : <Loading />}
      </Dialog>
    );
  }
  const options = query.data.people.map((person) => ({
    value: person.id,
    label: `${person.name}（${ROLE_LABELS[person.role]}）`,
    hint: person.refusal?.text ?? `担当中 ${formatCount(person.open)}件`,
    disabled: person.refusal !== null,
  }));
  return (
    <ActionDialog
      title="担当者を決める"
      confirmLabel="担当者にする"
      done="担当者を決めました"
      initial={{ assigneeId: application.assignee?.id ?? '' }}
      validate={({ assigneeId }) => ({
        ...(assigneeId === '' && { assigneeId: '担当者を選んでください。' }),
      })}
      toAction={({ assigneeId }) => ({ type: 'assign', assigneeId })}
      onClose={onClose}
    >
      {(form) => (
        <>
          <p>今の担当：{application.assignee?.name ?? 'なし'}</p>
          <RadioGroup
            {...form.field('assigneeId')}
            label="担当者"
            labelSize="sm"
            required
            options={options}
          />
        </>
      )}
    </ActionDialog>
  );
}
