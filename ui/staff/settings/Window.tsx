import { DescriptionList, NumberField } from '../../components/index.ts';
import { dateInTokyo } from '../../lib/index.ts';
import { Editions } from './Editions.tsx';
import type { Editing, EnvelopeWindow, SettingProps } from './queries.ts';
import { Sample } from './Sample.tsx';
import { SettingForm } from './SettingForm.tsx';

const SIDES = [
  ['left', '用紙の左端から窓の左端まで'],
  ['top', '用紙の上端から窓の上端まで'],
  ['width', '窓の幅'],
  ['height', '窓の高さ'],
] as const;

/** Where the ward's envelopes have their window (Q22): the address is printed where it shows it. */
export function WindowSetting({ setting, from, onTake, formKey }: SettingProps<'envelopeWindow'>) {
  const initial: Editing<EnvelopeWindow> = setting.value;
  return (
    <>
      <SettingForm
        key={formKey}
        settingCode="envelopeWindow"
        setting={setting}
        initial={initial}
        validFrom={from ?? dateInTokyo(new Date().toISOString())}
        validFromHint="この日から作る印刷ファイルで使います。"
        preview="none"
        fields={(form, disabled) => (
          <>
            <p>
              長形3号の窓あき封筒に、A4を三つ折りにして、左と上に寄せて入れたときの位置です。封筒を変えるときは、見本を印刷して実際の封筒に入れ、宛名だけが見えることを確かめてから保存してください。
            </p>
            <div className="grid gap-6 md:grid-cols-2">
              {SIDES.map(([name, label]) => (
                <NumberField
                  key={name}
                  {...form.field(`value.${name}`)}
                  label={label}
                  labelSize="sm"
                  required
                  decimal
                  suffix="mm"
                  width={5}
                  disabled={disabled}
                />
              ))}
            </div>
          </>
        )}
        onForm={(form) => (
          <Sample
            settingCode="envelopeWindow"
            form={form}
            about="入力した位置に窓の枠と宛名を置いた、架空の通知書です。実際の大きさ（100％）で印刷してください。"
          />
        )}
      />
      <Editions
        setting={setting}
        onTake={onTake}
        show={(value) => (
          <DescriptionList
            columns={2}
            items={SIDES.map(([name, label]) => ({ term: label, description: `${String(value[name])}mm` }))}
          />
        )}
      />
    </>
  );
}
