import { useState } from 'react';
import { PageTitle } from '../components/index.ts';
import { useDocumentTitle, useLiveUpdates } from '../lib/index.ts';

/** For the test of useLiveUpdates: shows the state of the line and what came over it. */
export function LivePage() {
  useDocumentTitle('更新');
  const [lines, setLines] = useState<readonly string[]>([]);
  const state = useLiveUpdates(
    '/gallery-events',
    (event) => setLines((before) => [...before, `${event.type}:${JSON.stringify(event.data)}`]),
    { events: ['application'] },
  );
  return (
    <>
      <PageTitle>更新</PageTitle>
      <p id="state">{state}</p>
      <ul>
        {lines.map((line, index) => (
          <li key={index}>{line}</li>
        ))}
      </ul>
    </>
  );
}
