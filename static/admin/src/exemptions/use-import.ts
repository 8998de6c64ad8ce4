import { useRef, useState } from 'react';
import { Failure } from '../failure';
import { useDesk } from '../page/desk';
import type { AnswerTo } from '../protocol';
import { sentence } from '../shown/sentence';
import { useTexts } from '../texts/use-texts';
import type { Row } from './exemption-table';

/** What became of a file so far. */
export interface Import {
  of: number;
  added: number;
  refused: { row: Row; why: string }[];
  over: boolean;
}

type List = AnswerTo<'addExemption'>;

/** Adds one exemption after the other; what is refused is noted, and the rest goes on. */
export function useImport(onList: (list: List) => void) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const [state, setState] = useState<Import>();
  const stopping = useRef<AbortController>();

  const start = async (rows: Row[]) => {
    const { signal } = (stopping.current = new AbortController());
    const refused: Import['refused'] = [];
    let added = 0;
    let newest: List | undefined;
    const show = (over: boolean) => setState({ of: rows.length, added, refused: [...refused], over });
    show(false);
    for (const row of rows) {
      if (signal.aborted) break;
      if (typeof row.order === 'string') {
        refused.push({ row, why: say(`exemptions.flaw.${row.order}`) });
      } else {
        try {
          newest = await backend.call<'addExemption'>(row.order);
          added += 1;
        } catch (cause) {
          refused.push({ row, why: sentence(Failure.from(cause).messageIn(say)) });
        }
      }
      show(false);
    }
    show(true);
    if (newest) onList(newest);
  };
  const stop = () => {
    stopping.current?.abort();
  };
  return { state, start, stop };
}
