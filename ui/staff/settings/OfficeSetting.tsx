import { DescriptionList, TextField } from '../../components/index.ts';
import { Editions } from './Editions.tsx';
import type { Office, SettingProps } from './queries.ts';
import { Sample } from './Sample.tsx';
import { SettingForm } from './SettingForm.tsx';

const PARTS = [
  ['name', '窓口の名前', undefined],
  ['postalCode', '郵便番号', '000-0000 の形で入力してください。'],
  ['address', '所在地', undefined],
  ['phone', '電話番号', undefined],
  ['hours', '受付時間', '例：平日 午前9時から午後5時まで（祝日・年末年始を除く）'],
] as const;

/** Who families turn to: on the portal, in mails, on letters and notices. */
export function OfficeSetting({ setting, onTake, formKey }: SettingProps<'office'>) {
  return (
    <>
      <SettingForm
        key={formKey}
        settingCode="office"
        setting={setting}
        initial={setting.value}
        validFromHint="保存すると、ポータル・メール・これから作る通知書と文書に表示されます。すでに作成した通知書は変わりません。"
        preview="none"
        fields={(form, disabled) =>
          PARTS.map(([name, label, hint]) => (
            <TextField
              key={name}
              {...form.field(`value.${name}`)}
              label={label}
              labelSize="sm"
              required
              maxLength={200}
              disabled={disabled}
              {...(hint === undefined ? {} : { hint })}
            />
          ))
        }
        onForm={(form) => (
          <Sample<Office>
            settingCode="office"
            form={form}
            about="不備連絡文書の見本です。下の枠に窓口の連絡先が入ります。"
          />
        )}
      />
      <Editions
        setting={setting}
        onTake={onTake}
        show={(office) => (
          <DescriptionList
            items={PARTS.map(([name, label]) => ({ term: label, description: office[name] }))}
          />
        )}
      />
    </>
  );
}
