import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FindingInput, MailPreviewResponse } from '../../../api/contract/index.ts';
import { METHOD_LABELS } from '../../../domain/texts/application.ts';
import { Button, DescriptionList, Dialog, LoadError, Loading } from '../../components/index.ts';
import { api, formatDate } from '../../lib/index.ts';
import { useOpened } from '../application/context.tsx';
import { asksForDeficiency } from './model.ts';

/** Opens what the applicant would be sent; only where there is something to ask. Without findings: what was asked. */
export function MailPreviewButton({
  findings,
  label = '申請者に送る文面',
}: {
  findings?: readonly FindingInput[];
  label?: string;
}) {
  const [open, setOpen] = useState(false);
  const something = findings === undefined || findings.some(({ result }) => asksForDeficiency(result));
  if (!something) return null;
  return (
    <>
      <Button variant="outline" size="sm" onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Dialog
        open={open}
        size="lg"
        title="申請者に伝える文面"
        onClose={() => setOpen(false)}
        actions={<Button onClick={() => setOpen(false)}>閉じる</Button>}
      >
        {open && <Preview findings={findings} />}
      </Dialog>
    </>
  );
}

function Preview({ findings }: { findings: readonly FindingInput[] | undefined }) {
  const { application } = useOpened();
  const query = useQuery({
    queryKey: ['mail-preview', application.id, application.seq, findings],
    queryFn: ({ signal }) =>
      api.post<MailPreviewResponse>(
        `staff/applications/${application.id}/mail-preview`,
        // Half-filled deficiencies have no words yet.
        findings === undefined ? {} : { findings: findings.filter(isWorded) },
        { signal },
      ),
    gcTime: 0,
  });
  if (query.isPending) return <Loading />;
  if (query.isError) return <LoadError error={query.error} onRetry={() => void query.refetch()} />;
  const { method, to, subject, text, deadline } = query.data;
  return (
    <>
      <DescriptionList
        columns={2}
        items={[
          { term: '伝え方', description: METHOD_LABELS[method] },
          { term: '宛先', description: to ?? '電話または郵便' },
          { term: '件名', description: subject },
          { term: '回答の期限', description: formatDate(deadline, { weekday: true }) },
        ]}
      />
      <div
        tabIndex={0}
        role="group"
        aria-label="本文"
        className="max-h-[50dvh] overflow-auto rounded-8 border border-solid-gray-420 bg-solid-gray-50 p-4 whitespace-pre-wrap"
      >
        {text}
      </div>
    </>
  );
}

function isWorded({ result, reasonCode, targets }: FindingInput): boolean {
  return !asksForDeficiency(result) || (reasonCode !== undefined && (targets?.length ?? 0) > 0);
}
