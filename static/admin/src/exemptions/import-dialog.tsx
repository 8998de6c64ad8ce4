import ProgressBar from '@atlaskit/progress-bar';
import SectionMessage from '@atlaskit/section-message';
import { useState } from 'react';
import type { Exemption } from '../../gen/types';
import type { AnswerTo } from '../protocol';
import { FileDialog } from '../shown/file-dialog';
import { FileQuestion } from '../shown/file-question';
import { useTexts } from '../texts/use-texts';
import { rowsOf, type Row } from './exemption-table';
import { foreseen } from './foreseen';
import { ImportReport } from './import-report';
import { useImport } from './use-import';

interface ImportDialogProps {
  /** Those that are there. */
  exemptions: readonly Exemption[];
  onList: (list: AnswerTo<'addExemption'>) => void;
  onClose: () => void;
}

/** Adds the exemptions of a file, each as if it were added alone. */
export function ImportDialog({ exemptions, onList, onClose }: ImportDialogProps) {
  const { say } = useTexts();
  const [file, setFile] = useState<{ rows: Row[]; lacks: string[] }>();
  const { state, start, stop } = useImport(onList);
  const count = file?.rows.length ?? 0;
  return (
    <FileDialog
      title={say('exemptions.importTitle')}
      send={say('exemptions.importRows', { count })}
      isReady={count > 0}
      isBusy={state !== undefined && !state.over}
      isOver={state?.over ?? false}
      onSend={() => file && void start(file.rows)}
      onClose={() => {
        stop();
        onClose();
      }}
    >
      {state ? (
        <>
          <ProgressBar
            ariaLabel={say('exemptions.importTitle')}
            value={(state.added + state.refused.length) / Math.max(state.of, 1)}
          />
          <ImportReport report={state} />
        </>
      ) : (
        <>
          <p>{say('exemptions.importText')}</p>
          <FileQuestion
            label={say('exemptions.importFile')}
            accept=".csv,text/csv"
            onText={(text) => setFile(rowsOf(text))}
          />
          {file && <FileMeaning {...file} exemptions={exemptions} />}
        </>
      )}
    </FileDialog>
  );
}

interface FileMeaningProps {
  rows: Row[];
  lacks: string[];
  exemptions: readonly Exemption[];
}

/** What is in the file and what comes of it, before anything is added. */
function FileMeaning({ rows, lacks, exemptions }: FileMeaningProps) {
  const { say } = useTexts();
  if (lacks.length > 0) {
    return (
      <SectionMessage appearance="error" title={say('exemptions.noSuchFile')}>
        <p>{say('exemptions.lacksColumns', { columns: lacks.join(', ') })}</p>
      </SectionMessage>
    );
  }
  const { added, known, wrong } = foreseen(rows, exemptions, new Date().toISOString());
  return (
    <div role="status">
      <p>
        {say('exemptions.rowsFound', { count: rows.length })} {say('exemptions.rowsAdded', { count: added })}
      </p>
      {known.length > 0 && <p>{say('exemptions.rowsKnown', { count: known.length, lines: listed(known) })}</p>}
      {wrong.length > 0 && <p>{say('exemptions.rowsWrong', { count: wrong.length, lines: listed(wrong) })}</p>}
    </div>
  );
}

/** So many lines are named; the report of the import names all. */
const NAMED = 10;

const listed = (lines: number[]): string => lines.slice(0, NAMED).join(', ') + (lines.length > NAMED ? ' …' : '');
