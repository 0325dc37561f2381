import type { ReactNode, RefObject } from 'react';
import { UNSAFE_PortalProvider as PortalProvider } from 'react-aria/PortalProvider';

/**
 * Lists that open over the page (menus, comboboxes) are put at the end of the document. Inside a modal dialog all
 * that lies outside is inert: there they open within the dialog of `anchor`.
 */
export function DialogPortal({
  anchor,
  children,
}: {
  anchor: RefObject<HTMLElement | null>;
  children: ReactNode;
}) {
  return (
    <PortalProvider getContainer={() => anchor.current?.closest('dialog') ?? document.body}>
      {children}
    </PortalProvider>
  );
}
