import DynamicTable from '@atlaskit/dynamic-table';
import SectionMessage from '@atlaskit/section-message';
import type { ImportReport, ImportState } from '../../gen/types';
import { useDesk } from '../page/desk';
import { Facts } from '../shown/facts';
import { Figures } from '../shown/figures';
import { CalendarDay, Moment } from '../shown/moment';
import { Pager, usePage } from '../shown/pager';
import { counted, sentence } from '../shown/sentence';
import './import-summary.css';

/** What was found in an export: which file, in figures, and the rows that were refused. */
export function ImportSummary({ state }: { state: ImportState }) {
  const { report } = state;
  return (
    <>
      <Facts
        facts={[
          ['File', state.name],
          ['Made', <CalendarDay key="made" at={state.made} />],
          ['In use since', state.finished ? <Moment key="finished" at={state.finished} /> : 'not in use yet'],
        ]}
      />
      <Figures
        label="Rows of the export"
        figures={[
          { label: 'rows', value: report.rows, meaning: 'Rows of the file, without the headings' },
          { label: 'taken', value: report.taken },
          { label: 'merged', value: report.merged, meaning: 'Rows about somebody who stood in a row before' },
          { label: 'refused', value: report.refused, tone: 'bad', meaning: 'Rows that are not used' },
          { label: 'people', value: report.people },
        ]}
      />
      {report.notes && report.notes.length > 0 && <Notes notes={report.notes} />}
      {report.refused > 0 && <Refusals report={report} />}
    </>
  );
}

/** What else to know of the file: values that count as not known, columns that nothing was read from. */
function Notes({ notes }: { notes: string[] }) {
  return (
    <SectionMessage appearance="information" title="What this file does not tell">
      <ul className="import-notes">
        {notes.map((note) => (
          <li key={note}>{sentence(note)}</li>
        ))}
      </ul>
    </SectionMessage>
  );
}

const HEAD = {
  cells: [
    { key: 'row', content: 'Row', width: 10 },
    { key: 'why', content: 'Why it was refused' },
  ],
};

const ROWS = 10;

function Refusals({ report: { refused, refusals } }: { report: ImportReport }) {
  const { viewer } = useDesk();
  const page = usePage(refusals, ROWS, String(refused));
  return (
    <>
      {refusals.length < refused && (
        <p>
          The first {refusals.length.toLocaleString(viewer.locale)} of{' '}
          {counted(refused, 'refused row', 'refused rows', viewer.locale)}, by their numbers with the headings as row 1.
        </p>
      )}
      <DynamicTable
        label="Refused rows"
        head={HEAD}
        rows={page.items.map(({ row, why }) => ({
          key: String(row),
          cells: [{ content: String(row) }, { content: sentence(why) }],
        }))}
      />
      <Pager page={page} label="Pages of refused rows" />
    </>
  );
}
