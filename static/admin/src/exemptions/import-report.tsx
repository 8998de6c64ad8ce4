import Button from '@atlaskit/button/new';
import { download } from '../shown/download';
import { useTexts } from '../texts/use-texts';
import { refusedTable } from './exemption-table';
import type { Import } from './use-import';

/** So many refused rows are shown; the file has all of them. */
const SHOWN = 50;

/** How many rows were added, and why each of the others was not. */
export function ImportReport({ report: { of, added, refused, over } }: { report: Import }) {
  const { say } = useTexts();
  return (
    <>
      <p role="status">
        {say('exemptions.addedOf', { added, of })} {over && refused.length === 0 && say('exemptions.noneRefused')}
      </p>
      {refused.length > 0 && (
        <div className="exempt-refused">
          <p>{say('exemptions.rowsRefused', { count: refused.length })}</p>
          <table>
            <thead>
              <tr>
                <th scope="col">{say('exemptions.line')}</th>
                <th scope="col">{say('exemptions.who')}</th>
                <th scope="col">{say('exemptions.whyRefused')}</th>
              </tr>
            </thead>
            <tbody>
              {refused.slice(0, SHOWN).map(({ row, why }) => (
                <tr key={row.line}>
                  <td>{row.line}</td>
                  <td>{row.cells.subject}</td>
                  <td>{why}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {over && (
            <div>
              <Button onClick={() => download('seatkeeper-exemptions-refused.csv', refusedTable(refused), 'text/csv')}>
                {say('exemptions.downloadRefused')}
              </Button>
            </div>
          )}
        </div>
      )}
    </>
  );
}
