import ProgressBar from '@atlaskit/progress-bar';
import SectionMessage from '@atlaskit/section-message';
import { useState } from 'react';
import type { AnswerTo } from '../protocol';
import { FileDialog } from '../shown/file-dialog';
import { FileQuestion } from '../shown/file-question';
import { useTexts } from '../texts/use-texts';
import { rowsOf, type Row } from './exemption-table';
import { ImportReport } from './import-report';
import { useImport } from './use-import';

interface ImportDialogProps {
  onList: (list: AnswerTo<'addExemption'>) => void;
  onClose: () => void;
}

/** Adds the exemptions of a file, each as if it were added alone. */
export function ImportDialog({ onList, onClose }: ImportDialogProps) {
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
          {file && <FileMeaning {...file} />}
        </>
      )}
    </FileDialog>
  );
}

/** What is in the file, before anything is added. */
function FileMeaning({ rows, lacks }: { rows: Row[]; lacks: string[] }) {
  const { say } = useTexts();
  if (lacks.length > 0) {
    return (
      <SectionMessage appearance="error" title={say('exemptions.noSuchFile')}>
        <p>{say('exemptions.lacksColumns', { columns: lacks.join(', ') })}</p>
      </SectionMessage>
    );
  }
  const wrong = rows.filter(({ order }) => typeof order === 'string').length;
  return (
    <p role="status">
      {say('exemptions.rowsFound', { count: rows.length })} {wrong > 0 && say('exemptions.rowsWrong', { count: wrong })}
    </p>
  );
}
