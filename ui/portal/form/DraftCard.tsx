import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { DraftSummary } from '../../../api/contract/index.ts';
import { procedureOf } from '../../../domain/procedures/registry.ts';
import { Button, ButtonGroup, Card, ConfirmDialog, LinkButton, useToast } from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import { api, ApiProblem } from '../../lib/index.ts';
import { translated } from '../shared/problems.ts';
import { moment } from '../shared/Marked.tsx';
import { form as m } from '../texts/form.ts';

/** An application that is not filed yet: go on, or throw it away. */
export function DraftCard({ draft, headingLevel = 3 }: { draft: DraftSummary; headingLevel?: 3 | 4 }) {
  const i18n = useI18n();
  const { t, s, language } = i18n;
  const queryClient = useQueryClient();
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const procedure = procedureOf(draft.procedure)?.name;
  const name = draft.childName.trim() === '' ? s(m.noNameYet) : draft.childName;
  const remove = async () => {
    try {
      await api.delete(`drafts/${draft.id}`);
    } catch (error) {
      if (!(error instanceof ApiProblem && error.isNotFound)) throw translated(error, i18n);
    }
    toast.show(t(m.deleted), { tone: 'success' });
    await queryClient.invalidateQueries({ queryKey: ['drafts'] });
  };
  return (
    <Card
      headingLevel={headingLevel}
      title={
        <>
          {draft.childName.trim() === '' ? t(m.noNameYet) : draft.childName}
          {procedure && <span className="text-std-16N-170 block text-solid-gray-700">{t(procedure)}</span>}
        </>
      }
    >
      <p className="mb-4 text-solid-gray-700">{t(m.lastSaved, { at: moment(draft.updatedAt, language) })}</p>
      <ButtonGroup>
        <LinkButton to={`/drafts/${draft.id}/${draft.step}`}>
          {t(m.resume)}
          <span className="sr-only">（{name}）</span>
        </LinkButton>
        <Button variant="text" danger onClick={() => setAsking(true)}>
          {t(m.deleteDraft)}
          <span className="sr-only">（{name}）</span>
        </Button>
      </ButtonGroup>
      <ConfirmDialog
        open={asking}
        danger
        title={t(m.deleteTitle)}
        confirmLabel={t(m.deleteDraft)}
        onConfirm={remove}
        onClose={() => setAsking(false)}
      >
        <p>{t(m.deleteDraftOf, { name })}</p>
        <p>{t(m.deleteBody)}</p>
      </ConfirmDialog>
    </Card>
  );
}
