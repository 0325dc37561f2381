import { useState } from 'react';
import {
  Button,
  ButtonGroup,
  Combobox,
  ConfirmDialog,
  Dialog,
  PageTitle,
  SessionTimeoutWarning,
  useAnnounce,
  useToast,
} from '../components/index.ts';
import { ApiProblem, useDocumentTitle } from '../lib/index.ts';

export function OverlaysPage() {
  useDocumentTitle('重なり');
  const [open, setOpen] = useState<'confirm' | 'failing' | 'dialog'>();
  const [expiresAt, setExpiresAt] = useState<string>();
  const [person, setPerson] = useState('');
  const [result, setResult] = useState('');
  const toast = useToast();
  const announce = useAnnounce();
  const close = () => setOpen(undefined);
  return (
    <>
      <PageTitle>重なり</PageTitle>
      <ButtonGroup>
        <Button onClick={() => setOpen('confirm')}>理由を聞く</Button>
        <Button onClick={() => setOpen('failing')}>失敗する</Button>
        <Button onClick={() => setOpen('dialog')}>選択欄のある窓</Button>
        <Button onClick={() => toast.show('下書きを保存しました。', { tone: 'success' })}>お知らせ</Button>
        <Button onClick={() => toast.show('保存できませんでした。', { tone: 'error' })}>
          失敗のお知らせ
        </Button>
        <Button onClick={() => announce('3件見つかりました')}>読み上げ</Button>
        <Button onClick={() => setExpiresAt(new Date(Date.now() + 90_000).toISOString())}>
          ログアウトの予告
        </Button>
        <Button onClick={() => setExpiresAt(new Date(Date.now() + 1500).toISOString())}>ログアウト</Button>
      </ButtonGroup>
      <p id="result">{result}</p>
      <ConfirmDialog
        open={open === 'confirm'}
        title="この申請を一次審査に差し戻しますか"
        confirmLabel="差し戻す"
        danger
        reason={{
          label: '理由',
          hint: '一次審査の担当者に表示されます。',
          required: true,
          maxCharacters: 200,
          choices: {
            label: '区分',
            options: [
              { value: 'document', label: '書類の見落とし' },
              { value: 'criteria', label: '基準の適用' },
            ],
          },
        }}
        onConfirm={({ reason, choice }) => setResult(`${choice}:${reason}`)}
        onClose={close}
      >
        <p>差し戻した記録は、経過に残ります。</p>
      </ConfirmDialog>
      <ConfirmDialog
        open={open === 'failing'}
        title="送信しますか"
        confirmLabel="送信する"
        onConfirm={() => Promise.reject(new ApiProblem(409))}
        onClose={close}
      />
      <Dialog
        open={open === 'dialog'}
        title="担当を割り当てる"
        onClose={close}
        actions={<Button onClick={close}>決定</Button>}
      >
        <Combobox
          id="person"
          label="担当者"
          value={person}
          onChange={setPerson}
          options={[
            { value: 'a', label: '審査 太郎', keywords: 'しんさ たろう' },
            { value: 'b', label: '受付 花子', keywords: 'うけつけ はなこ' },
          ]}
        />
      </Dialog>
      <SessionTimeoutWarning
        expiresAt={expiresAt}
        keepsDraft
        signInTo="/gallery/"
        onContinue={() => setExpiresAt(new Date(Date.now() + 3_600_000).toISOString())}
        onSignOut={() => setExpiresAt(undefined)}
      />
    </>
  );
}
