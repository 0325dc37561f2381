import {
  BackLink,
  Breadcrumbs,
  Button,
  ButtonGroup,
  Card,
  ConfirmationPanel,
  DescriptionList,
  Disclosure,
  EmptyState,
  LinkButton,
  LoadError,
  Loading,
  NotificationBanner,
  StatCard,
  StatGrid,
  StatusTag,
  SummaryList,
  TaskList,
  TextLink,
  Timeline,
} from '../components/index.ts';
import { messages, useI18n } from '../i18n/index.tsx';
import { ApiProblem, useDocumentTitle } from '../lib/index.ts';

const m = messages({
  title: {
    ja: '入会の申請を受け付けました',
    en: 'Application received',
    easy: '{申|もう}し{込|こ}みを {受|う}け{付|つ}けました',
  },
});

export function ShowingPage() {
  const { t, s } = useI18n();
  useDocumentTitle(s(m.title));
  return (
    <div className="flex flex-col gap-10">
      <div>
        <Breadcrumbs
          items={[{ to: '/', label: 'トップ' }, { to: '/lists', label: '申請一覧' }, { label: '申請の詳細' }]}
        />
        <BackLink to="/" />
        <ConfirmationPanel title={t(m.title)} receiptNumber="N26-004217">
          <p>確認のメールをお送りしました。</p>
        </ConfirmationPanel>
      </div>
      <section className="flex flex-col gap-4" aria-label="お知らせ">
        <NotificationBanner tone="info" title="一次受付は12月15日（火）までです。" onClose={() => undefined}>
          <p>
            くわしくは
            <TextLink href="https://example.jp" newTab>
              区のホームページ
            </TextLink>
            をご覧ください。
          </p>
        </NotificationBanner>
        <NotificationBanner tone="success" title="下書きを保存しました。" />
        <NotificationBanner
          tone="warning"
          title="書類の不足があります。12月4日（金）までに提出してください。"
          actions={<LinkButton to="/">提出する</LinkButton>}
        />
        <LoadError error={new ApiProblem(503)} onRetry={() => undefined} />
      </section>
      <TaskList
        items={[
          { id: 'a', label: 'お子さんについて', to: '/', status: { label: '入力済み', tone: 'success' } },
          {
            id: 'b',
            label: '保護者について',
            hint: 'お二人まで入力できます',
            to: '/',
            status: { label: '入力中', tone: 'progress' },
          },
          { id: 'c', label: '内容の確認', status: { label: 'まだ開始できません' } },
        ]}
      />
      <SummaryList
        title="お子さんについて"
        rows={[
          { key: 'name', label: '氏名', value: '髙橋 さくら', change: { to: '/', what: '氏名' } },
          { key: 'kana', label: 'カナ', value: 'タカハシ サクラ', change: { to: '/', what: 'カナ' } },
          {
            key: 'birthday',
            label: '生年月日',
            value: '2019年6月3日（令和元年）',
            change: { to: '/', what: '生年月日' },
            tone: 'danger',
            note: '学年と合いません。確認してください。',
          },
          { key: 'note', label: '伝えておきたいこと', value: '', change: { onClick: () => undefined } },
        ]}
      />
      <section>
        <h2 className="text-std-24B-150 mb-4">これまでの経過</h2>
        <Timeline
          items={[
            {
              id: '1',
              at: '2026-11-02T00:05:00.000Z',
              title: '申請を受け付けました',
              actor: '保護者',
              tone: 'info',
            },
            {
              id: '2',
              at: '2026-11-09T05:30:00.000Z',
              title: '書類の不足をお知らせしました',
              actor: '事務センター',
              tone: 'warning',
              tag: <StatusTag tone="warning">回答待ち</StatusTag>,
              body: '就労証明書の会社印の欄が切れています。',
            },
            { id: '3', at: '2026-11-12T01:00:00.000Z', title: '審査を再開しました', tone: 'progress' },
          ]}
        />
      </section>
      <div className="flex flex-wrap gap-2">
        <StatusTag>下書き</StatusTag>
        <StatusTag tone="info">受付済み</StatusTag>
        <StatusTag tone="progress">審査中</StatusTag>
        <StatusTag tone="success">承認</StatusTag>
        <StatusTag tone="warning">不備あり</StatusTag>
        <StatusTag tone="danger">期限超過</StatusTag>
      </div>
      <StatGrid>
        <StatCard label="一次審査待ち" value="128" unit="件" to="/lists" />
        <StatCard label="二次審査待ち" value="41" unit="件" />
        <StatCard label="期限超過" value="3" unit="件" tone="danger" note="最も古いもの 11月12日" />
      </StatGrid>
      <Card
        title="保護者"
        actions={
          <Button variant="outline" size="sm">
            編集
          </Button>
        }
      >
        <DescriptionList
          columns={2}
          items={[
            { term: '氏名', description: '髙橋 花子' },
            { term: '電話番号', description: '090-0000-0000' },
            { term: 'メールアドレス', description: '' },
          ]}
        />
      </Card>
      <Disclosure summary="必要な書類について">
        <p>就労証明書は、勤務先に記入を依頼してください。</p>
      </Disclosure>
      <EmptyState title="申請はまだありません" action={<LinkButton to="/">申請をはじめる</LinkButton>}>
        入会などの手続きを、ここから始められます。
      </EmptyState>
      <Loading />
      <ButtonGroup>
        <Button>保存</Button>
        <Button variant="outline">印刷</Button>
        <Button variant="text">戻る</Button>
        <Button danger>取り下げる</Button>
        <Button danger variant="outline">
          削除
        </Button>
        <Button disabled>使えません</Button>
        <Button busy>送信</Button>
        <Button size="sm" icon="download" variant="outline">
          CSV
        </Button>
      </ButtonGroup>
    </div>
  );
}
