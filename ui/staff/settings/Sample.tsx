import { useState } from 'react';
import type { WardSettingCode } from '../../../api/contract/index.ts';
import { Button, ButtonGroup, DocumentViewer } from '../../components/index.ts';
import type { Form } from '../../lib/index.ts';
import { pdfOf } from '../shared/pdf.ts';
import type { SettingValues } from './SettingForm.tsx';

/** A sheet made of what is being edited, before anything is saved. */
export function Sample<V>({
  settingCode,
  form,
  about,
}: {
  settingCode: WardSettingCode;
  form: Form<SettingValues<V>>;
  about: string;
}) {
  const [sample, setSample] = useState<string>();
  const [busy, setBusy] = useState(false);
  const show = async () => {
    setBusy(true);
    try {
      const { value, validFrom } = form.values;
      setSample(await pdfOf(`staff/settings/${settingCode}/sample`, { value, validFrom }));
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
      <p>{about}</p>
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
