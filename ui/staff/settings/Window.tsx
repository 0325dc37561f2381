import { useState } from 'react';
import { Button, ButtonGroup, DescriptionList, DocumentViewer, NumberField } from '../../components/index.ts';
import { dateInTokyo } from '../../lib/index.ts';
import type { Form } from '../../lib/index.ts';
import { pdfOf } from '../shared/pdf.ts';
import { Editions } from './Editions.tsx';
import type { Editing, EnvelopeWindow, SettingProps } from './queries.ts';
import { SettingForm, type SettingValues } from './SettingForm.tsx';

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
        onForm={(form) => <Sample form={form} />}
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

function Sample({ form }: { form: Form<SettingValues<Editing<EnvelopeWindow>>> }) {
  const [sample, setSample] = useState<string>();
  const [busy, setBusy] = useState(false);
  const show = async () => {
    setBusy(true);
    try {
      const { value, validFrom } = form.values;
      setSample(await pdfOf('staff/settings/envelopeWindow/sample', { value, validFrom }));
    } catch (error) {
      setSample(undefined);
      form.applyProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section aria-labelledby="sample-title" className="mt-4 flex flex-col gap-4">
      <h2 id="sample-title" className="text-std-20B-150">
        見本
      </h2>
      <p>入力した位置に窓の枠と宛名を置いた、架空の通知書です。実際の大きさ（100％）で印刷してください。</p>
      <ButtonGroup>
        <Button variant="outline" busy={busy} onClick={() => void show()}>
          見本を表示する
        </Button>
      </ButtonGroup>
      {sample !== undefined && (
        <DocumentViewer
          key={sample.length}
          documents={[{ id: sample, name: '見本.pdf', url: sample, contentType: 'application/pdf' }]}
        />
      )}
    </section>
  );
}
