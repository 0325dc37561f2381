import {
  Button,
  ButtonGroup,
  Checkbox,
  CheckboxGroup,
  Combobox,
  DateField,
  ErrorSummary,
  Fieldset,
  FileUpload,
  MonthField,
  NameFields,
  NumberField,
  PageTitle,
  PhoneField,
  PostalCodeField,
  RadioGroup,
  Select,
  StepNav,
  TextArea,
  TextField,
  TimeField,
} from '../components/index.ts';
import type { UploadedFile } from '../components/index.ts';
import { ApiProblem, dateProblem, UnsavedChangesGuard, useDocumentTitle, useForm } from '../lib/index.ts';

const initial = {
  child: { family: '', given: '', familyKana: '', givenKana: '', birthday: '' },
  school: '',
  facility: '',
  grade: '',
  reasons: [] as string[],
  siblings: '' as 'yes' | 'no' | '',
  siblingName: '',
  phone: '',
  mail: '',
  postalCode: '',
  address: '',
  hours: null as number | null,
  start: '',
  from: '',
  note: '',
  documents: [] as readonly UploadedFile[],
  agreed: false,
};

function validate(values: typeof initial): Record<string, string> {
  const day = dateProblem(values.child.birthday);
  return {
    ...(values.child.family === '' && { 'child.family': 'お子さんの姓を入力してください。' }),
    ...(values.child.given === '' && { 'child.given': 'お子さんの名を入力してください。' }),
    ...(day !== undefined && {
      'child.birthday':
        day === 'impossible' ? '実在する日付を入力してください。' : '生年月日を入力してください。',
    }),
    ...(values.grade === '' && { grade: '学年を選択してください。' }),
    ...(values.reasons.length === 0 && { reasons: '保育が必要な理由を選択してください。' }),
    ...(Number.isNaN(values.hours) && { hours: '0から168までの数字を入力してください。' }),
    ...(values.documents.length === 0 && { documents: '就労証明書を添付してください。' }),
    ...(!values.agreed && { agreed: '同意する場合は、チェックを入れてください。' }),
  };
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function pretendUpload(
  file: File,
  { onProgress, signal }: { onProgress: (fraction: number) => void; signal: AbortSignal },
): Promise<UploadedFile> {
  for (let step = 1; step <= 4; step += 1) {
    await wait(50);
    if (signal.aborted) throw new DOMException('aborted', 'AbortError');
    onProgress(step / 4);
  }
  if (file.name.includes('fail')) throw new ApiProblem(503);
  return {
    id: crypto.randomUUID(),
    name: file.name,
    size: file.size,
    contentType: file.type,
    url: '/icon.svg',
  };
}

export function FormsPage() {
  const form = useForm({
    initial,
    validate,
    onSubmit: async (values) => {
      await wait(100);
      if (values.mail === 'taken@example.jp') {
        throw new ApiProblem(422, {
          errors: [{ pointer: '/mail', message: 'このメールアドレスは、すでに使われています。' }],
        });
      }
    },
  });
  useDocumentTitle('お子さんについて', { hasErrors: form.summary.length > 0 });
  return (
    <form noValidate onSubmit={(event) => void form.submit(event)} className="measure flex flex-col gap-8">
      <StepNav
        current="child"
        done={['start']}
        steps={[
          { id: 'start', label: 'はじめに', to: '/showing' },
          { id: 'child', label: 'お子さん' },
          { id: 'guardian', label: '保護者' },
          { id: 'work', label: '就労の状況' },
          { id: 'documents', label: '書類' },
          { id: 'check', label: '確認' },
        ]}
      />
      <ErrorSummary errors={form.summary} focusKey={form.failures} />
      <PageTitle caption="入会の申請">お子さんについて</PageTitle>
      <NameFields
        label="お子さんの氏名"
        hint="住民票のとおりに入力してください。"
        required
        family={form.field('child.family')}
        given={form.field('child.given')}
      />
      <NameFields
        label="お子さんの氏名（カナ）"
        kind="kana"
        required
        family={form.field('child.familyKana')}
        given={form.field('child.givenKana')}
      />
      <DateField {...form.field('child.birthday')} label="生年月日" required birthday />
      <Select
        {...form.field('grade')}
        label="学年"
        required
        width="auto"
        options={[1, 2, 3].map((grade) => ({ value: String(grade), label: `${grade}年生` }))}
      />
      <Combobox
        {...form.field('facility')}
        label="新BOP"
        hint="学校名の一部を入力すると、候補が表示されます。"
        options={['池之上', '梅丘', '代沢', '桜', '桜丘', '九品仏', '奥沢'].map((name, index) => ({
          value: `B${index}`,
          label: `${name}新BOP`,
          detail: `${name}小学校`,
          keywords: [
            'いけのうえ',
            'うめがおか',
            'だいざわ',
            'さくら',
            'さくらがおか',
            'くほんぶつ',
            'おくさわ',
          ][index],
        }))}
      />
      <CheckboxGroup
        {...form.field('reasons')}
        label="保育が必要な理由"
        hint="あてはまるものをすべて選択してください。"
        required
        boxed
        exclusive="none"
        options={[
          { value: 'work', label: '就労' },
          { value: 'study', label: '就学', hint: '大学、職業訓練校などに通っている場合' },
          { value: 'care', label: '介護・看護' },
          { value: 'none', label: 'いずれもあてはまらない' },
        ]}
      />
      <RadioGroup
        {...form.field('siblings')}
        label="きょうだいも利用しますか"
        options={[
          {
            value: 'yes',
            label: 'はい',
            reveals: <TextField {...form.field('siblingName')} label="きょうだいの氏名" />,
          },
          { value: 'no', label: 'いいえ' },
        ]}
      />
      <Fieldset legend="連絡先">
        <PhoneField
          {...form.field('phone')}
          label="電話番号"
          hint="ハイフンはあってもなくてもかまいません。"
          required
        />
        <TextField
          {...form.field('mail')}
          label="メールアドレス"
          type="email"
          autoComplete="email"
          inputMode="email"
        />
        <PostalCodeField
          {...form.field('postalCode')}
          label="郵便番号"
          lookup={async (code) =>
            code === '1540017' ? [{ prefecture: '東京都', city: '世田谷区', town: '世田谷' }] : []
          }
          onAddress={({ prefecture, city, town }) => form.setValue('address', `${prefecture}${city}${town}`)}
        />
        <TextField {...form.field('address')} label="住所" autoComplete="street-address" required />
      </Fieldset>
      <NumberField {...form.field('hours')} label="1週間の就労時間" suffix="時間" min={0} max={168} />
      <MonthField {...form.field('from')} label="利用を始める月" />
      <TimeField {...form.field('start')} label="仕事の終わる時刻" />
      <TextArea {...form.field('note')} label="伝えておきたいこと" maxCharacters={200} />
      <FileUpload
        {...form.field('documents')}
        label="就労証明書"
        required
        upload={pretendUpload}
        maxFiles={3}
      />
      <Checkbox {...form.field('agreed')} label="申請内容に間違いがないことを確認しました" required boxed />
      <ButtonGroup>
        <Button type="submit" size="lg" busy={form.submitting}>
          次へ進む
        </Button>
        <Button variant="outline" size="lg">
          下書きを保存
        </Button>
        <Button variant="text" size="lg">
          やめる
        </Button>
      </ButtonGroup>
      <UnsavedChangesGuard when={form.dirty && !form.submitting} />
    </form>
  );
}
