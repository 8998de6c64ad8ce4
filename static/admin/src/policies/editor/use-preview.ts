import { useEffect, useState } from 'react';
import type { PolicyPreview } from '../../../gen/types';
import type { Roster } from '../../core';

/** How long typing must rest before everybody is decided on, in milliseconds. */
const REST = 120;
/** So many people of each kind are shown. */
const SAMPLE = 6;

export interface Previewed {
  /** Of the last document without mistakes in its language. */
  preview?: PolicyPreview;
  /** Why the last document could not. */
  refused?: string;
  /** Whether it is about the document as it is now. */
  current: boolean;
}

/** Whom a document would mean. One with mistakes leaves the preview as it was. */
export function usePreview(document: string, roster: Roster | undefined): Previewed {
  const [last, setLast] = useState<Previewed & { document?: string }>({ current: false });

  useEffect(() => {
    if (!roster) return undefined;
    const timer = setTimeout(() => {
      try {
        setLast({ document, preview: roster.preview(document, SAMPLE), current: true });
      } catch (cause) {
        if (cause instanceof Error && !hasMistakes(cause)) setLast({ document, refused: cause.message, current: true });
      }
    }, REST);
    return () => clearTimeout(timer);
  }, [document, roster]);

  return { ...last, current: last.document === document };
}

/** The mistakes are told by the check. */
const hasMistakes = (cause: Error): boolean => 'code' in cause && cause.code === 'INVALID_POLICY';
