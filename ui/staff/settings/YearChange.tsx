import { fiscalYearOf } from '../../../domain/calendar/dates.ts';
import type { ReductionReason } from '../../../domain/enrolment/effects.ts';
import { yearStart } from '../../../domain/enrolment/months.ts';
import type { YearChangePolicy } from '../../../domain/enrolment/year-change.ts';
import { REDUCTION_LABELS } from '../../../domain/texts/enrolment.ts';
import {
  CheckboxGroup,
  DescriptionList,
  NotificationBanner,
  RadioGroup,
  Select,
  TextLink,
} from '../../components/index.ts';
import { dateInTokyo } from '../../lib/index.ts';
import { Editions } from './Editions.tsx';
import type { SettingProps } from './queries.ts';
import { SettingForm } from './SettingForm.tsx';

const REASONS = Object.keys(REDUCTION_LABELS) as readonly ReductionReason[];
const AGAIN = [
  { value: 'applyAgain', label: '毎年度、申請し直す' },
  { value: 'continues', label: '申請せずに継続する' },
] as const;
const AGAIN_LABELS = { applyAgain: '毎年度、申請し直す', continues: '申請せずに継続する' } as const;

/** The form's own shape: a choice is text. */
interface Values extends Omit<YearChangePolicy, 'lastGrade' | 'reductionsThatContinue'> {
  reductionsThatContinue: ReductionReason[];
  lastGrade: number;
}

/** What ends with the fiscal year and what goes on (Q04, Q24). */
export function YearChangeSetting({ setting, from, onTake, formKey }: SettingProps<'yearChange'>) {
  const year = fiscalYearOf(dateInTokyo(new Date().toISOString()));
  const { value } = setting;
  const initial: Values = { ...value, reductionsThatContinue: [...value.reductionsThatContinue] };
  return (
    <>
      <p className="mb-6">
        児童ごとの結果は<TextLink to="/year-change">年度替わりの一覧</TextLink>で見られます。
      </p>
      <SettingForm
        key={formKey}
        settingCode="yearChange"
        setting={setting}
        initial={initial}
        validFrom={from ?? yearStart(year + 1)}
        validFromHint="新しい年度の4月1日を入力してください。その年度への切り替わりから変わります。"
        preview="rows"
        fields={(form, disabled) => {
          const { admission, extendedUse, lastGrade } = form.values.value;
          return (
            <>
              <RadioGroup
                {...form.field('value.admission')}
                label="入会"
                labelSize="sm"
                required
                disabled={disabled}
                options={AGAIN}
              />
              {admission === 'continues' && (
                <>
                  <NotificationBanner tone="info" title="継続する児童の登録について">
                    <p>
                      継続する児童は年度替わりの一覧に示されます。翌年度の在籍は自動では作られません。区が継続を決定した児童は、紙の申請の入力から入会を登録してください。
                    </p>
                  </NotificationBanner>
                  <Select
                    id="setting-value-lastGrade"
                    label="申請せずに継続できる学年（新しい年度の学年）"
                    labelSize="sm"
                    hint="この学年より上になる児童は、申請し直します。"
                    required
                    placeholder={null}
                    width="auto"
                    disabled={disabled}
                    value={String(lastGrade)}
                    error={form.errors['value.lastGrade']}
                    onChange={(grade) => form.setValue('value.lastGrade', Number(grade))}
                    options={[2, 3, 4, 5, 6].map((grade) => ({
                      value: String(grade),
                      label: `${String(grade)}年生まで`,
                    }))}
                  />
                  <RadioGroup
                    {...form.field('value.extendedUse')}
                    label="延長利用"
                    labelSize="sm"
                    required
                    disabled={disabled}
                    options={AGAIN}
                  />
                  <CheckboxGroup
                    {...form.field('value.reductionsThatContinue')}
                    label="申請せずに継続する減免"
                    labelSize="sm"
                    hint="選ばない理由の減免は、毎年度、申請し直します。"
                    disabled={disabled}
                    options={REASONS.map((reason) => ({ value: reason, label: REDUCTION_LABELS[reason].ja }))}
                  />
                </>
              )}
              {admission === 'applyAgain' && (
                <p>
                  入会を申請し直すため、延長利用と減免も毎年度、申請し直します。
                  {extendedUse === 'continues' && '（延長利用の継続は、入会が継続するときだけ使われます）'}
                </p>
              )}
            </>
          );
        }}
      />
      <Editions setting={setting} onTake={onTake} show={(policy) => <Policy policy={policy} />} />
    </>
  );
}

function Policy({ policy }: { policy: YearChangePolicy }) {
  const { admission, extendedUse, reductionsThatContinue, lastGrade } = policy;
  const going = admission === 'continues';
  return (
    <DescriptionList
      columns={2}
      items={[
        {
          term: '入会',
          description: going
            ? `${AGAIN_LABELS.continues}（${String(lastGrade)}年生まで）`
            : AGAIN_LABELS.applyAgain,
        },
        { term: '延長利用', description: going ? AGAIN_LABELS[extendedUse] : AGAIN_LABELS.applyAgain },
        {
          term: '継続する減免',
          description:
            going && reductionsThatContinue.length > 0
              ? reductionsThatContinue.map((reason) => REDUCTION_LABELS[reason].ja).join('、')
              : 'なし',
        },
      ]}
    />
  );
}
