import DynamicTable from '@atlaskit/dynamic-table';
import SectionMessage from '@atlaskit/section-message';
import type { ImportReport, ImportState } from '../../gen/types';
import { Facts } from '../shown/facts';
import { Figures } from '../shown/figures';
import { CalendarDay, Moment } from '../shown/moment';
import { Pager, usePage } from '../shown/pager';
import { sentence } from '../shown/sentence';
import type { Say } from '../texts/texts';
import { useTexts } from '../texts/use-texts';
import './import-summary.css';

/** What was found in an export: which file, in figures, and the rows that were refused. */
export function ImportSummary({ state }: { state: ImportState }) {
  const { say } = useTexts();
  const { report } = state;
  return (
    <>
      <Facts
        facts={[
          [say('import.file'), state.name],
          [say('import.made'), <CalendarDay key="made" at={state.made} />],
          [
            say('import.inUseSince'),
            state.finished ? <Moment key="finished" at={state.finished} /> : say('import.notInUse'),
          ],
        ]}
      />
      <Figures
        label={say('import.rowsOfExport')}
        figures={[
          { label: say('import.rows'), value: report.rows, meaning: say('import.rowsMeaning') },
          { label: say('import.taken'), value: report.taken },
          { label: say('import.merged'), value: report.merged, meaning: say('import.mergedMeaning') },
          { label: say('import.refused'), value: report.refused, tone: 'bad', meaning: say('import.refusedMeaning') },
          { label: say('import.people'), value: report.people },
        ]}
      />
      {report.notes && report.notes.length > 0 && <Notes notes={report.notes} />}
      {report.refused > 0 && <Refusals report={report} />}
    </>
  );
}

/** What else to know of the file: values that count as not known, columns that nothing was read from. */
function Notes({ notes }: { notes: string[] }) {
  const { say } = useTexts();
  return (
    <SectionMessage appearance="information" title={say('import.notTold')}>
      <ul className="import-notes">
        {notes.map((note) => (
          <li key={note}>{sentence(note)}</li>
        ))}
      </ul>
    </SectionMessage>
  );
}

const headOf = (say: Say) => ({
  cells: [
    { key: 'row', content: say('import.row'), width: 10 },
    { key: 'why', content: say('import.whyRefused') },
  ],
});

const ROWS = 10;

function Refusals({ report: { refused, refusals } }: { report: ImportReport }) {
  const { say } = useTexts();
  const page = usePage(refusals, ROWS, String(refused));
  return (
    <>
      {refusals.length < refused && <p>{say('import.firstRefused', { shown: refusals.length, count: refused })}</p>}
      <DynamicTable
        label={say('import.refusedRows')}
        head={headOf(say)}
        rows={page.items.map(({ row, why }) => ({
          key: String(row),
          cells: [{ content: String(row) }, { content: sentence(why) }],
        }))}
      />
      <Pager page={page} label={say('import.pagesOfRefused')} />
    </>
  );
}
