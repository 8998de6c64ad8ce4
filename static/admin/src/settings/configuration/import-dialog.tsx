import Button from '@atlaskit/button/new';
import ProgressBar from '@atlaskit/progress-bar';
import SectionMessage from '@atlaskit/section-message';
import { useMemo, useState } from 'react';
import { FailureMessage } from '../../asking/failure-message';
import { useDesk } from '../../page/desk';
import type { AnswerTo } from '../../protocol';
import { FileDialog } from '../../shown/file-dialog';
import { FileQuestion } from '../../shown/file-question';
import { useTexts } from '../../texts/use-texts';
import { configurationIn, type Configuration } from './configuration';
import { downloadConfiguration } from './download-configuration';
import type { Exported } from './exported';
import { ExportedView } from './exported-view';
import { ImportPreview } from './import-preview';
import { useConfigurationImport } from './use-configuration-import';
import { useExported } from './use-exported';

interface ImportDialogProps {
  onTaken: (taken: AnswerTo<'importConfiguration'>) => void;
  onClose: () => void;
}

/** Takes a configuration over, after a look at what it changes of the one that is here. */
export function ImportDialog({ onTaken, onClose }: ImportDialogProps) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const here = useExported();
  const coming = useConfigurationImport();
  const [text, setText] = useState<string>();
  const then = useMemo(() => (text === undefined ? undefined : configurationIn(text)), [text]);
  const send = async () => {
    if (text === undefined) return;
    const taken = await coming.send(text);
    if (!taken) return;
    backend.announce(say('configuration.wasTaken'));
    onTaken(taken);
  };
  return (
    <FileDialog
      title={say('configuration.importTitle')}
      width="large"
      send={say('configuration.takeOver')}
      isReady={then !== undefined && here.value !== undefined}
      isBusy={coming.busy}
      onSend={() => void send()}
      onClose={onClose}
    >
      <FileQuestion
        label={say('configuration.file')}
        accept="application/json,.json"
        isDisabled={coming.busy}
        onText={setText}
      />
      {text === undefined && <p>{say('configuration.nothingYet')}</p>}
      {text !== undefined && !then && (
        <SectionMessage appearance="error" title={say('configuration.noSuchFile')}>
          <p>{say('configuration.noSuchFileText')}</p>
        </SectionMessage>
      )}
      {then && (
        <ExportedView asked={here} what={say('configuration.whatIsHere')}>
          {(exported) => <Meaning exported={exported} then={then} />}
        </ExportedView>
      )}
      {coming.busy && <ProgressBar value={coming.progress} ariaLabel={say('configuration.importTitle')} />}
      {coming.failure && <FailureMessage failure={coming.failure} title={say('configuration.notImported')} />}
    </FileDialog>
  );
}

/** What would change, what follows from it, and how to take it back. */
function Meaning({ exported, then }: { exported: Exported; then: Configuration }) {
  const { say } = useTexts();
  const now = useMemo(() => configurationIn(exported.text), [exported]);
  return (
    <>
      {now && <ImportPreview now={now} then={then} />}
      <SectionMessage appearance="warning" title={say('configuration.meaning')}>
        <p>{say('configuration.meaningPolicies')}</p>
        <p>{say('configuration.meaningBack')}</p>
      </SectionMessage>
      <div>
        <Button onClick={() => downloadConfiguration(exported)}>{say('configuration.downloadNow')}</Button>
      </div>
    </>
  );
}
