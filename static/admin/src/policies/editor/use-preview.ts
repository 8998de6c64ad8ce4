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
  /** Whether the document has got mistakes since. */
  stale?: boolean;
}

/**
 * Whom a document would mean, once the core was told of the lists and fields that it names. One with mistakes leaves the
 * preview as it was.
 */
export function usePreview(document: string, roster: Roster | undefined, told: object | undefined): Previewed {
  const [last, setLast] = useState<Previewed>({});

  useEffect(() => {
    if (!roster || !told) return undefined;
    const timer = setTimeout(() => {
      try {
        setLast({ preview: roster.preview(document, SAMPLE) });
      } catch (cause) {
        if (cause instanceof Error && !hasMistakes(cause)) setLast({ refused: cause.message });
        else setLast((before) => ({ ...before, stale: true }));
      }
    }, REST);
    return () => clearTimeout(timer);
  }, [document, roster, told]);

  return last;
}

/** The mistakes are told by the check. */
const hasMistakes = (cause: Error): boolean => 'code' in cause && cause.code === 'INVALID_POLICY';
