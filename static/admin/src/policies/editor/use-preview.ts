import { useEffect, useState } from 'react';
import type { PolicyPreview } from '../../../gen/types';
import type { Roster } from '../../core';

/** How long typing must rest before everybody is decided on, in milliseconds. */
const REST = 120;
/** So many people of each kind are shown. */
const SAMPLE = 6;

export interface Previewed {
  /** Of the last document that could be decided. */
  preview?: PolicyPreview;
  /** Why the last document could not. */
  refused?: string;
  /** Whether it is about the document as it is now. */
  current: boolean;
}

/** Whom a document would mean. One with mistakes (`undefined`) leaves the preview as it was. */
export function usePreview(document: string | undefined, roster: Roster | undefined): Previewed {
  const [last, setLast] = useState<Previewed & { document?: string }>({ current: false });

  useEffect(() => {
    if (document === undefined || !roster) return undefined;
    const timer = setTimeout(() => {
      try {
        setLast({ document, preview: roster.preview(document, SAMPLE), current: true });
      } catch (cause) {
        setLast({ document, refused: cause instanceof Error ? cause.message : String(cause), current: true });
      }
    }, REST);
    return () => clearTimeout(timer);
  }, [document, roster]);

  return { ...last, current: document !== undefined && last.document === document };
}
