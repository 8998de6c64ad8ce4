import ProgressBar from '@atlaskit/progress-bar';
import { sentence } from '../../shown/sentence';
import { useTexts } from '../../texts/use-texts';
import type { ValuesImport } from './use-values-import';
import type { FlawedRow } from './value-table';
import './values-report.css';

/** So many rows are shown. */
const SHOWN = 50;

interface ValuesReportProps {
  report: ValuesImport;
  flawed: FlawedRow[];
}

/** How far the values are set, and what was refused. */
export function ValuesReport({ report: { of, set, refused, over }, flawed }: ValuesReportProps) {
  const { say, number } = useTexts();
  const done = set + refused.reduce((sum, { rows }) => sum + rows.length, 0);
  return (
    <>
      <ProgressBar ariaLabel={say('fields.importTitle')} value={done / Math.max(of, 1)} />
      <p role="status">
        {say('fields.setOf', { set, of: say('shown.people', { count: of }) })}{' '}
        {over && refused.length === 0 && say('fields.noneRefused')}
      </p>
      {refused.map(({ rows, failure }) => (
        <p key={rows[0]?.line}>
          {say('fields.linesRefused', {
            from: number(rows[0]?.line ?? 0),
            to: number(rows.at(-1)?.line ?? 0),
            why: sentence(failure.messageIn(say)),
          })}
        </p>
      ))}
      {over && <FlawedRows flawed={flawed} />}
    </>
  );
}

/** The rows that set nothing, and why. */
export function FlawedRows({ flawed }: { flawed: FlawedRow[] }) {
  const { say } = useTexts();
  if (flawed.length === 0) return null;
  return (
    <div className="flawed-rows">
      <p>{say('fields.rowsFlawed', { count: flawed.length })}</p>
      {/* A long table is scrolled with the keyboard, too. */}
      <div className="flawed-table" tabIndex={0} role="region" aria-label={say('fields.theFlawed')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say('fields.line')}</th>
              <th scope="col">{say('fields.who')}</th>
              <th scope="col">{say('fields.column')}</th>
              <th scope="col">{say('fields.why')}</th>
            </tr>
          </thead>
          <tbody>
            {flawed.slice(0, SHOWN).map(({ row, flaw, column }) => (
              <tr key={row.line}>
                <td>{row.line}</td>
                <td>{row.who || '–'}</td>
                <td>{column ?? '–'}</td>
                <td>{say(`fields.flaw.${flaw}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {flawed.length > SHOWN && <p>{say('fields.andMore', { count: flawed.length - SHOWN })}</p>}
    </div>
  );
}
