import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { Dialog, DocumentViewer, SideBySide, Tabs } from '../../components/index.ts';
import type { TabItem, ViewedDocument } from '../../components/index.ts';
import { apiUrl, dateInTokyo, formatDate } from '../../lib/index.ts';
import { useIsWide } from '../lib/wide.ts';
import { ContactsTab } from '../records/RecordsTab.tsx';
import { TimelineTab } from '../records/TimelineTab.tsx';
import { RequestTab } from '../request/RequestTab.tsx';
import { ReviewTab } from '../review/ReviewTab.tsx';
import { useReviewDraft } from '../review/draft.ts';
import { AnswersTab } from './AnswersTab.tsx';
import { documentLabel, OpenedContext, useOpened } from './context.tsx';
import { DocumentsTab } from './DocumentsTab.tsx';
import { EscalationsTab } from './EscalationsTab.tsx';
import { isTab, TAB_LABELS, TABS } from './places.ts';
import type { TabId } from './places.ts';

function useViewedDocuments(): readonly ViewedDocument[] {
  const { application, procedure } = useOpened();
  const { documents } = application;
  return useMemo(
    () =>
      documents.map((file) => ({
        id: file.id,
        name: documentLabel(procedure, file.documentType),
        url: apiUrl(`files/${file.id}`),
        contentType: file.contentType,
        note: `${file.name}・${formatDate(dateInTokyo(file.uploadedAt))}提出${
          file.version === null ? '' : `（第${file.version}版）`
        }`,
      })),
    [documents, procedure],
  );
}

/** Document on the left, everything else on the right; on a tablet the document opens over the page. */
export function Workspace({ tab, onTab }: { tab: TabId; onTab: (tab: TabId) => void }) {
  const opened = useOpened();
  const wide = useIsWide();
  const documents = useViewedDocuments();
  const [overlay, setOverlay] = useState(false);
  // Here, above the tabs, so that what has been filled in outlives a look at another tab.
  const draft = useReviewDraft(opened.application);
  const viewer = (heightClass?: string) => (
    <DocumentViewer
      documents={documents}
      {...(opened.shownDocument === undefined ? {} : { selected: opened.shownDocument })}
      onSelect={opened.showDocument}
      {...(heightClass === undefined ? {} : { heightClass })}
    />
  );
  const value = useMemo(
    () => ({
      ...opened,
      showDocument: (id: string) => {
        opened.showDocument(id);
        setOverlay(!wide);
      },
    }),
    [opened, wide],
  );
  const contents: Readonly<Record<TabId, { content: ReactNode; count?: number }>> = {
    answers: { content: <AnswersTab /> },
    documents: { content: <DocumentsTab />, count: documents.length },
    review: { content: <ReviewTab draft={draft} /> },
    request: { content: <RequestTab />, ...countOf(opened.application.request?.items) },
    escalations: { content: <EscalationsTab />, ...countOf(opened.application.escalations) },
    records: { content: <ContactsTab />, ...countOf(opened.application.contacts) },
    timeline: { content: <TimelineTab /> },
  };
  const tabs: readonly TabItem[] = TABS.map((id) => ({
    id,
    label: TAB_LABELS[id],
    ...(contents[id].count === undefined ? {} : { count: contents[id].count }),
    content: contents[id].content,
  }));
  const right = (
    <div id={`tab-${tab}`}>
      <Tabs
        label="申請の表示"
        dense
        tabs={tabs}
        selected={tab}
        onSelect={(id) => {
          if (isTab(id)) onTab(id);
        }}
      />
    </div>
  );
  return (
    <OpenedContext value={value}>
      {/* One place for the forms in either width: a turned tablet or a smaller window loses nothing that was typed. */}
      <SideBySide left={wide ? viewer() : null} right={right} />
      <Dialog open={overlay} title="書類" size="lg" onClose={() => setOverlay(false)}>
        {overlay && viewer('h-[calc(100dvh-18rem)]')}
      </Dialog>
    </OpenedContext>
  );
}

function countOf(list: readonly unknown[] | undefined): { count?: number } {
  return list === undefined || list.length === 0 ? {} : { count: list.length };
}
