import type { ReactNode } from 'react';
import './dialog-body.css';

/** What a dialog holds, with room between its parts. */
export function DialogBody({ children }: { children: ReactNode }) {
  return <div className="dialog-body">{children}</div>;
}
