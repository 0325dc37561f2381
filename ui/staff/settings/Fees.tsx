import { addMonths, firstDayOf, monthOf } from '../../../domain/enrolment/months.ts';
import type { FeeTable, PartMonthRule } from '../../../domain/enrolment/fees.ts';
import type { ReductionReason } from '../../../domain/enrolment/effects.ts';
import { REDUCTION_LABELS } from '../../../domain/texts/enrolment.ts';
import { DescriptionList, NumberField, RadioGroup } from '../../components/index.ts';
import { dateInTokyo, formatCount } from '../../lib/index.ts';
import { Editions } from './Editions.tsx';
import type { Editing, SettingProps } from './queries.ts';
import { SettingForm } from './SettingForm.tsx';

const REASONS = Object.keys(REDUCTION_LABELS) as readonly ReductionReason[];
const PART_MONTHS: Readonly<Record<PartMonthRule, string>> = {
  full: '1日でも在籍した月は全額',
  halfWhenJoining: '月の初日に在籍していない月（途中入会）は半額',
  halfUpTo15Days: '在籍が15日以下の月は半額',
};
const AMOUNTS = [
  ['monthly', '利用料（月額）', '円'],
  ['extendedMonthly', '延長利用料・月ごとの登録（月額）', '円'],
  ['extendedDaily', '延長利用料・日ごとの登録（1日）', '円'],
  ['extendedDailyCap', '延長利用料・日ごとの登録（1か月の上限）', '円'],
] as const;

/** What a month costs, from when (domain.md, "Defaults"). Shown to families and on certificates, never collected. */
export function FeesSetting({ setting, from, onTake, formKey }: SettingProps<'fees'>) {
  const initial: Editing<FeeTable> = setting.value;
  const next = firstDayOf(addMonths(monthOf(dateInTokyo(new Date().toISOString())), 1));
  return (
    <>
      <SettingForm
        key={formKey}
        settingCode="fees"
        setting={setting}
        initial={initial}
        validFrom={from ?? next}
        validFromHint="月の初日を入力してください。その月の利用料から変わり、それより前の月の利用料は変わりません。"
        preview="rows"
        fields={(form, disabled) => (
          <>
            <div className="grid gap-6 md:grid-cols-2">
              {AMOUNTS.map(([name, label, suffix]) => (
                <NumberField
                  key={name}
                  {...form.field(`value.${name}`)}
                  label={label}
                  labelSize="sm"
                  required
                  suffix={suffix}
                  width={8}
                  disabled={disabled}
                />
              ))}
            </div>
            <RadioGroup
              {...form.field('value.partMonth')}
              label="月の途中で入会・退会した月"
              labelSize="sm"
              required
              disabled={disabled}
              options={(Object.keys(PART_MONTHS) as PartMonthRule[]).map((value) => ({
                value,
                label: PART_MONTHS[value],
              }))}
            />
            <fieldset className="rounded-8 border border-solid-gray-420 p-4">
              <legend className="text-std-16B-170 px-1">減免で減らす割合</legend>
              <p className="mb-3 text-solid-gray-700">
                100％は全額免除です。理由が2つ以上あるときは、それぞれの料金で割合の大きいほうを使います。
              </p>
              <div className="grid gap-6 md:grid-cols-2">
                {REASONS.map((reason) => (
                  <div key={reason} className="flex flex-wrap gap-6">
                    {(['monthly', 'extended'] as const).map((fee) => (
                      <NumberField
                        key={fee}
                        {...form.field(`value.reductions.${reason}.${fee}`)}
                        label={`${REDUCTION_LABELS[reason].ja}：${fee === 'monthly' ? '利用料' : '延長利用料'}`}
                        labelSize="sm"
                        required
                        suffix="％"
                        width={4}
                        disabled={disabled}
                      />
                    ))}
                  </div>
                ))}
              </div>
            </fieldset>
          </>
        )}
      />
      <Editions setting={setting} onTake={onTake} show={(table) => <Table table={table} />} />
    </>
  );
}

function Table({ table }: { table: FeeTable }) {
  return (
    <DescriptionList
      columns={2}
      items={[
        ...AMOUNTS.map(([name, label]) => ({ term: label, description: `${formatCount(table[name])}円` })),
        { term: '月の途中で入会・退会した月', description: PART_MONTHS[table.partMonth] },
        ...REASONS.map((reason) => ({
          term: `減免（${REDUCTION_LABELS[reason].ja}）`,
          description: `利用料 ${String(table.reductions[reason].monthly)}％、延長利用料 ${String(table.reductions[reason].extended)}％`,
        })),
      ]}
    />
  );
}
