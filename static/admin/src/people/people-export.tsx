import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { Roster } from '../core';
import { download } from '../shown/download';
import { useTexts } from '../texts/use-texts';

/** Writes everybody who is shown into a file for spreadsheets, slice by slice. */
export function PeopleExport({ roster }: { roster: Roster }) {
  const { say } = useTexts();
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    // The button shows that it works before it does.
    await new Promise((resolve) => setTimeout(resolve));
    // All slices in one go: another filter in between would mix two lists.
    download('seatkeeper-people.csv', [...roster.csv()].join(''), 'text/csv');
    setBusy(false);
  };
  return (
    <Button isLoading={busy} onClick={() => void save()}>
      {say('people.export')}
    </Button>
  );
}
