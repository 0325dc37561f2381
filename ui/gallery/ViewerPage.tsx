import { useState } from 'react';
import { Card, DocumentViewer, PageTitle, RadioGroup, SideBySide } from '../components/index.ts';
import { useDocumentTitle } from '../lib/index.ts';

const DOCUMENTS = [
  {
    id: 'image',
    name: '就労証明書',
    url: '/icon.svg',
    contentType: 'image/svg+xml',
    note: '11月2日 オンラインで提出',
  },
  { id: 'pdf', name: '保険証の写し', url: '/gallery-sample.pdf', contentType: 'application/pdf' },
  { id: 'photo', name: '学生証', url: '/gallery-sample.heic', contentType: 'image/heic' },
  { id: 'heic', name: '診断書', url: '/missing.heic', contentType: 'image/heic' },
];

export function ViewerPage() {
  useDocumentTitle('申請の審査');
  const [value, setValue] = useState<'met' | 'deficient' | 'doubt' | ''>('');
  return (
    <>
      <PageTitle caption="N26-004217">申請の審査</PageTitle>
      <SideBySide
        left={<DocumentViewer documents={DOCUMENTS} />}
        right={
          <Card title="審査項目">
            <RadioGroup
              id="c1"
              label="就労時間が週20時間以上である"
              hideMark
              inline
              value={value}
              onChange={setValue}
              options={[
                { value: 'met', label: '満たす' },
                { value: 'deficient', label: '不備' },
                { value: 'doubt', label: '疑義' },
              ]}
            />
          </Card>
        }
      />
    </>
  );
}
