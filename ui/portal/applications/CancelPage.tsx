import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { CancelRequest, MyActionResponse } from '../../../api/contract/index.ts';
import {
  BackLink,
  Button,
  ButtonGroup,
  DescriptionList,
  ErrorSummary,
  LinkButton,
  PageTitle,
  TextArea,
  useToast,
} from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import { api, useDocumentTitle, useForm } from '../../lib/index.ts';
import { newId } from '../shared/ids.ts';
import { translated } from '../shared/problems.ts';
import { applications as m } from '../texts/applications.ts';
import { common } from '../texts/common.ts';
import { Loaded } from './Loaded.tsx';
import type { LoadedApplication } from './Loaded.tsx';

const MOST = 1000;

/** Cancelling an application, with a last look at which it is. */
export function Component() {
  return <Loaded>{(loaded) => <Cancel {...loaded} />}</Loaded>;
}

function Cancel({ application, definition }: LoadedApplication) {
  const i18n = useI18n();
  const { t, s } = i18n;
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const toast = useToast();
  const [actionId] = useState(newId);
  const page = `/applications/${application.id}`;
  const form = useForm({
    initial: { reason: '' },
    validate: (v) => ({
      ...(Array.from(v.reason).length > MOST && { reason: s(m.tooLong, { max: MOST }) }),
    }),
    onSubmit: async (v) => {
      const reason = v.reason.trim();
      const body: CancelRequest = { actionId, ...(reason === '' ? {} : { reason }) };
      try {
        await api.post<MyActionResponse>(`my/applications/${application.id}/cancel`, body, {
          timeout: 60_000,
        });
      } catch (error) {
        throw translated(error, i18n);
      }
      await queryClient.invalidateQueries({ queryKey: ['applications'] });
      await navigate(page);
      toast.show(t(m.cancelled), { tone: 'success' });
    },
  });
  const offered = application.offered.includes('cancel');
  useDocumentTitle(s(offered ? m.cancelTitle : m.cancelLate), {
    hasErrors: form.summary.length > 0,
    errorWord: s(common.errorWord),
  });
  if (!offered) {
    return (
      <div className="measure">
        <PageTitle lead={<p>{t(m.cancelLateBody)}</p>}>{t(m.cancelLate)}</PageTitle>
        <LinkButton to={page}>{t(m.toApplication)}</LinkButton>
      </div>
    );
  }
  return (
    <div className="measure">
      <BackLink to={page} />
      <ErrorSummary errors={form.summary} focusKey={form.failures} />
      <PageTitle lead={<p>{t(m.cancelBody)}</p>}>{t(m.cancelTitle)}</PageTitle>
      <div className="mb-8">
        <DescriptionList
          items={[
            { key: 'child', term: t(m.child), description: application.childName ?? t(m.nameAway) },
            { key: 'procedure', term: t(m.procedure), description: t(definition.name) },
            {
              key: 'number',
              term: t(m.receiptNumber),
              description: <span className="font-mono">{application.receiptNumber}</span>,
            },
          ]}
        />
      </div>
      <form noValidate onSubmit={(event) => void form.submit(event)} className="flex flex-col gap-8">
        <TextArea {...form.field('reason')} label={t(m.cancelReason)} maxCharacters={MOST} />
        <ButtonGroup>
          <Button type="submit" danger busy={form.submitting}>
            {t(m.cancelDo)}
          </Button>
          <LinkButton to={page} variant="outline">
            {t(m.cancelKeep)}
          </LinkButton>
        </ButtonGroup>
      </form>
    </div>
  );
}
