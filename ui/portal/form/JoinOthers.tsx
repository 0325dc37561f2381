import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { Button, Card } from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import { newId } from '../shared/ids.ts';
import { together as m } from '../texts/together.ts';
import { useDraft } from './draft.tsx';

/** Before filing: brothers, sisters and other procedures can be added, to file all in one go. */
export function JoinOthers() {
  const { t } = useI18n();
  const draft = useDraft();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [busy, setBusy] = useState(false);
  const join = async () => {
    if (busy) return;
    setBusy(true);
    const batchId = newId();
    // What is not saved stays visible as "not saved" on this page.
    if (await draft.join(batchId)) {
      await queryClient.invalidateQueries({ queryKey: ['drafts'] });
      await navigate(`/together/${batchId}`);
    }
    setBusy(false);
  };
  return (
    <div className="measure mt-10">
      <Card title={t(m.joinTitle)}>
        <p className="mb-4">{t(m.joinBody)}</p>
        <Button variant="outline" busy={busy} onClick={() => void join()}>
          {t(m.join)}
        </Button>
      </Card>
    </div>
  );
}
