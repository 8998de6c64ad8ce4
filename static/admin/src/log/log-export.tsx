import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { LogFilter, StoredEntry } from '../../gen/types';
import { FailureMessage } from '../asking/failure-message';
import type { Evidence } from '../core';
import { Failure } from '../failure';
import { useDesk } from '../page/desk';
import { download } from '../shown/download';
import { everyEntry } from './every-entry';
import { useTexts } from '../texts/use-texts';

const FORMS = {
  csv: {
    type: 'text/csv',
    write: (core: Evidence, entries: StoredEntry[]) => core.table(entries, true),
  },
  jsonl: {
    type: 'application/jsonl',
    write: (core: Evidence, entries: StoredEntry[]) => core.lines(entries),
  },
};

/** Exports what the filter shows, all pages of it, oldest first. Without a filter the lines are the whole chain. */
export function LogExport({ filter }: { filter: LogFilter }) {
  const { backend, core } = useDesk();
  const { say } = useTexts();
  const [read, setRead] = useState<number>();
  const [failure, setFailure] = useState<Failure>();

  const save = async (form: keyof typeof FORMS) => {
    setFailure(undefined);
    setRead(0);
    try {
      const evidence = await core.evidence();
      const entries = await everyEntry(backend.call, filter, setRead);
      const { type, write } = FORMS[form];
      download(`seatkeeper-log.${form}`, write(evidence, entries), type);
    } catch (cause) {
      setFailure(Failure.from(cause));
    } finally {
      setRead(undefined);
    }
  };

  return (
    <>
      {(Object.keys(FORMS) as (keyof typeof FORMS)[]).map((form) => (
        <Button key={form} onClick={() => void save(form)} isDisabled={read !== undefined}>
          {say(`log.export.${form}`)}
        </Button>
      ))}
      <span role="status">{read !== undefined && say('log.entriesRead', { count: read })}</span>
      {failure && <FailureMessage failure={failure} title={say('log.notExported')} />}
    </>
  );
}
