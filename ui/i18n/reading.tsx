import { createContext, use } from 'react';
import type { ReactNode } from 'react';

/** How plain sentences are shown. The portal puts furigana over their words in やさしい日本語; nobody else does anything. */
export const ReadingContext = createContext<((text: string) => ReactNode) | undefined>(undefined);

/** Something that may be a plain sentence (a form's message, what the server answered) or is made up already. */
export function Read({ children }: { children: ReactNode }): ReactNode {
  const read = use(ReadingContext);
  return read && typeof children === 'string' ? read(children) : children;
}
