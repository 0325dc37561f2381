import { useEffect } from 'react';
import { useLocation } from 'react-router';
import { focusField } from '../../components/index.ts';

/** Arriving by a link to one question (`#f-…`): it takes the focus; the page's title, where the question is not asked any more. */
export function useFocusOnArrival(): void {
  const { hash } = useLocation();
  useEffect(() => {
    if (hash === '') return;
    const id = hash.slice(1);
    const there = document.getElementById(id) ?? document.getElementById(`${id}-group`);
    if (there) focusField(id);
    else document.querySelector<HTMLElement>('main h1')?.focus();
    // Only on arrival: links inside the page look after themselves.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
}
