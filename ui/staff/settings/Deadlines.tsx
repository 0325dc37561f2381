import type { DeadlinePolicy } from '../../../domain/application/settings.ts';
import { DescriptionList, NumberField, TimeField } from '../../components/index.ts';
import { Editions } from './Editions.tsx';
import type { Editing, SettingProps } from './queries.ts';
import { SettingForm } from './SettingForm.tsx';

const DAYS = [
  ['requestDays', '不備の依頼への回答期限（依頼した日から）'],
  ['letterDays', '不備連絡文書への回答期限（投函した日から）'],
  ['chaserDays', '督促したときの新しい期限（督促した日から）'],
  ['reminderDaysBefore', '期限前のお知らせ（期限の何開庁日前か）'],
] as const;

/** How long families have, and when they are reminded (Q20). */
export function DeadlinesSetting({ setting, onTake, formKey }: SettingProps<'deadlines'>) {
  const initial: Editing<DeadlinePolicy> = setting.value;
  return (
    <>
      <SettingForm
        key={formKey}
        settingCode="deadlines"
        setting={setting}
        initial={initial}
        validFromHint="保存するとすぐに、受付中の申請にも使います。申請者にすでに伝えた期限は変わりません。"
        preview="rows"
        fields={(form, disabled) => (
          <>
            <div className="grid gap-6 md:grid-cols-2">
              {DAYS.map(([name, label]) => (
                <NumberField
                  key={name}
                  {...form.field(`value.${name}`)}
                  label={label}
                  labelSize="sm"
                  required
                  suffix="開庁日"
                  width={4}
                  disabled={disabled}
                />
              ))}
            </div>
            <TimeField
              {...form.field('value.reminderTime')}
              label="お知らせ・通知のメールを送る時刻"
              labelSize="sm"
              hint="受付回の通知日に決定を知らせる時刻も、同じです。"
              required
              disabled={disabled}
            />
          </>
        )}
      />
      <Editions
        setting={setting}
        onTake={onTake}
        show={(policy) => (
          <DescriptionList
            columns={2}
            items={[
              ...DAYS.map(([name, label]) => ({ term: label, description: `${String(policy[name])}開庁日` })),
              { term: 'メールを送る時刻', description: policy.reminderTime },
            ]}
          />
        )}
      />
    </>
  );
}
