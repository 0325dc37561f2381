import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SyntheticEvent } from 'react';
import { useLocation } from 'react-router';
import type { VerifyNoticeRequest, VerifyNoticeResponse } from '../../../api/contract/index.ts';
import { displayDate } from '../../../domain/procedures/format-dates.ts';
import {
  Button,
  DescriptionList,
  Loading,
  NotificationBanner,
  PageTitle,
  TextField,
} from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import { api, problemMessage, useDocumentTitle } from '../../lib/index.ts';
import { marked } from '../shared/Marked.tsx';
import { notices as m } from '../texts/notices.ts';

/** For whoever holds a notice in hand: is it one, and what does it say? The QR code brings its token behind `#`. */
export function Component() {
  const { t, s } = useI18n();
  const { hash } = useLocation();
  const [typed, setTyped] = useState<VerifyNoticeRequest>();
  const request = typed ?? (hash.length > 1 ? { token: hash.slice(1) } : undefined);
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['verify', request],
    queryFn: ({ signal }) => api.post<VerifyNoticeResponse>('verify', request, { signal }),
    enabled: request !== undefined,
    // Each press is a question of its own, and the answer is not kept for who uses the device next.
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });
  useDocumentTitle(s(m.verifyTitle));
  return (
    <div className="measure flex flex-col gap-8">
      <div>
        <PageTitle>{t(m.verifyTitle)}</PageTitle>
        <p>{t(m.verifyLead)}</p>
        <p>{t(m.verifyHow)}</p>
      </div>
      <div aria-live="polite">
        {isFetching && <Loading />}
        {!isFetching && error && <NotificationBanner tone="error" title={problemMessage(error)} />}
        {!isFetching && !error && data && <Answer answer={data} />}
      </div>
      <Typed
        busy={isFetching}
        onAsk={(asked) => {
          if (JSON.stringify(asked) === JSON.stringify(typed)) void refetch();
          else setTyped(asked);
        }}
      />
    </div>
  );
}

function Answer({ answer }: { answer: VerifyNoticeResponse }) {
  const { t, language } = useI18n();
  if (answer.result === 'unknown') {
    return (
      <NotificationBanner tone="error" title={t(m.unknown)}>
        <p>{t(m.unknownBody)}</p>
      </NotificationBanner>
    );
  }
  const valid = answer.result === 'valid';
  return (
    <NotificationBanner tone={valid ? 'success' : 'warning'} title={t(valid ? m.valid : m.voided)}>
      <p className="mb-4">{t(valid ? m.validBody : m.voidedBody)}</p>
      <DescriptionList
        items={[
          { key: 'kind', term: t(m.kind), description: <b lang="ja">{answer.label}</b> },
          { key: 'number', term: t(m.number), description: <span lang="ja">{answer.number}</span> },
          { key: 'date', term: t(m.date), description: marked(displayDate(answer.issuedOn, language)) },
          {
            key: 'child',
            term: t(m.child),
            description:
              answer.maskedName === null ? t(m.nameAway) : <span lang="ja">{answer.maskedName}</span>,
          },
          {
            key: 'reference',
            term: t(m.reference),
            description: <span className="font-mono">{answer.reference}</span>,
          },
        ]}
      />
    </NotificationBanner>
  );
}

function Typed({ onAsk, busy }: { onAsk: (request: VerifyNoticeRequest) => void; busy: boolean }) {
  const { t } = useI18n();
  const [reference, setReference] = useState('');
  const [checkCode, setCheckCode] = useState('');
  const [tried, setTried] = useState(false);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setTried(true);
    if (reference.trim() === '' || checkCode.trim() === '') {
      document.getElementById(reference.trim() === '' ? 'reference' : 'check-code')?.focus();
      return;
    }
    onAsk({ reference, checkCode });
  };
  const error = (value: string) => (tried && value.trim() === '' ? { error: t(m.missing) } : {});
  return (
    <form onSubmit={submit} className="flex flex-col gap-6" noValidate>
      <TextField
        id="reference"
        label={t(m.reference)}
        hint={t(m.referenceHint)}
        required
        width={16}
        maxLength={40}
        value={reference}
        onChange={setReference}
        {...error(reference)}
      />
      <TextField
        id="check-code"
        label={t(m.checkCode)}
        hint={t(m.checkCodeHint)}
        required
        width={16}
        maxLength={40}
        value={checkCode}
        onChange={setCheckCode}
        {...error(checkCode)}
      />
      <div>
        <Button type="submit" busy={busy}>
          {t(m.check)}
        </Button>
      </div>
    </form>
  );
}
