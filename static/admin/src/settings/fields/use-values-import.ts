import { useRef, useState } from 'react';
import type { PersonFields } from '../../../gen/types';
import { Failure } from '../../failure';
import { useDesk } from '../../page/desk';
import { packed } from '../packed';
import type { ValueRow } from './value-table';

/** The most people in one command, and the most bytes of it. */
const MOST = { count: 1_000, bytes: 300 * 1024 };

export interface ValueOrder {
  row: ValueRow;
  person: PersonFields;
}

/** What became of a file so far. */
export interface ValuesImport {
  of: number;
  set: number;
  /** Rows that the app refused together, since one of them is wrong. */
  refused: { rows: ValueRow[]; failure: Failure }[];
  over: boolean;
}

/** Sets values in slices; a slice that is refused is noted, and the rest goes on. */
export function useValuesImport() {
  const { backend } = useDesk();
  const [state, setState] = useState<ValuesImport>();
  const stopping = useRef<AbortController>();

  const start = async (orders: ValueOrder[]) => {
    const { signal } = (stopping.current = new AbortController());
    const refused: ValuesImport['refused'] = [];
    let set = 0;
    const show = (over: boolean) => setState({ of: orders.length, set, refused: [...refused], over });
    show(false);
    for (const slice of packed(orders, MOST, ({ person }) => person)) {
      if (signal.aborted) break;
      try {
        await backend.call<'importFields'>({ command: 'importFields', rows: slice.map(({ person }) => person) });
        set += slice.length;
      } catch (cause) {
        refused.push({ rows: slice.map(({ row }) => row), failure: Failure.from(cause) });
      }
      show(false);
    }
    show(true);
  };
  const stop = () => stopping.current?.abort();
  return { state, start, stop };
}
