import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { PaperEntryView, StampPaperRequest } from '../../../api/contract/index.ts';
import type { PaperWay } from '../../../domain/intake/paper.ts';
import { PROCEDURES } from '../../../domain/procedures/registry.ts';
import {
  BackLink,
  Button,
  DateField,
  ErrorSummary,
  Main,
  PageTitle,
  RadioGroup,
} from '../../components/index.ts';
import { api, dateInTokyo, useDocumentTitle, useForm } from '../../lib/index.ts';
import { newId } from '../lib/ids.ts';
import { WAY_OPTIONS } from './labels.ts';

interface Values {
  readonly procedure: string;
  readonly receivedOn: string;
  readonly arrivedBy: PaperWay | '';
}

/** The receipt stamp: which paper came, when, and how. Its serial is given by the system (Q14). */
export function Component() {
  const navigate = useNavigate();
  // Made once for this stamp: pressing again after a lost connection stamps nothing twice.
  const [id] = useState(newId);
  const [onlyOne] = PROCEDURES.length === 1 ? PROCEDURES : [];
  useDocumentTitle('紙の申請を受け付ける');
  const form = useForm<Values>({
    initial: { procedure: onlyOne?.code ?? '', receivedOn: dateInTokyo(new Date()), arrivedBy: '' },
    validate: (values) => ({
      ...(values.procedure === '' && { procedure: '手続きを選んでください。' }),
      ...(values.receivedOn === '' && { receivedOn: '受領日を入力してください。' }),
      ...(values.arrivedBy === '' && { arrivedBy: '受け取り方を選んでください。' }),
    }),
    onSubmit: async ({ procedure, receivedOn, arrivedBy }) => {
      if (arrivedBy === '') return;
      const body: StampPaperRequest = { id, procedure, receivedOn, arrivedBy };
      const entry = await api.post<PaperEntryView>('staff/paper-applications', body);
      await navigate(`/paper/${entry.id}`, { replace: true });
    },
  });
  return (
    <Main>
      <BackLink to="/paper">紙の申請の一覧へ戻る</BackLink>
      <PageTitle
        lead={<p>受領印を押した紙の申請書を登録します。番号（収受番号）は、次の画面に表示します。</p>}
      >
        紙の申請を受け付ける
      </PageTitle>
      <form noValidate onSubmit={(event) => void form.submit(event)} className="flex flex-col gap-8">
        <ErrorSummary errors={form.summary} focusKey={form.failures} />
        <RadioGroup
          {...form.field('procedure')}
          label="手続き"
          required
          options={PROCEDURES.map(({ code, name }) => ({ value: code, label: name.ja }))}
        />
        <DateField
          {...form.field('receivedOn')}
          label="受領日"
          hint="紙の申請書が事務センターに届いた日（受領印の日付）です。"
          required
        />
        <RadioGroup {...form.field('arrivedBy')} label="受け取り方" required inline options={WAY_OPTIONS} />
        <div>
          <Button type="submit" size="lg" busy={form.submitting}>
            受け付けて入力に進む
          </Button>
        </div>
      </form>
    </Main>
  );
}
