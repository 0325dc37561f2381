import { TextArea } from '../../components/index.ts';
import { Editions } from './Editions.tsx';
import type { SettingProps } from './queries.ts';
import { SettingForm } from './SettingForm.tsx';

/** What stands under every mail to families. */
export function MailSetting({ setting, onTake, formKey }: SettingProps<'mail'>) {
  return (
    <>
      <SettingForm
        key={formKey}
        settingCode="mail"
        setting={setting}
        initial={{ footer: setting.value.footer ?? '' }}
        validFromHint="保存した後に送るメールから使います。"
        preview="none"
        fields={(form, disabled) => (
          <TextArea
            {...form.field('value.footer')}
            label="メールの末尾"
            labelSize="sm"
            hint={`差出人の名前・電話番号・受付時間など。申請者に送るすべてのメールの最後に入ります。${
              setting.value.footer === null ? 'いまは、システムの設定で決めた末尾を使っています。' : ''
            }`}
            required
            rows={6}
            maxCharacters={2000}
            disabled={disabled}
          />
        )}
      />
      <Editions
        setting={setting}
        onTake={onTake}
        show={({ footer }) => (
          <p className="whitespace-pre-wrap">{footer ?? '（システムの設定で決めた末尾を使います）'}</p>
        )}
      />
    </>
  );
}
