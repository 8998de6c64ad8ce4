import { ModalTransition } from '@atlaskit/modal-dialog';
import SectionMessage from '@atlaskit/section-message';
import { useState } from 'react';
import type { ImportState } from '../../gen/types';
import { AskedView } from '../asking/asked';
import { useAnswer } from '../asking/use-answer';
import { StandingProvider, asEverybody, useDesk, useStanding } from '../page/desk';
import { OrderButton } from '../shown/order-button';
import { Section } from '../shown/section';
import { DropDialog } from './drop-dialog';
import { ImportSummary } from './import-summary';
import { UploadForm } from './upload-form';
import { useTexts } from '../texts/use-texts';

interface ImportSectionProps {
  /** Whether an organization is connected. Without one, who may upload is not who may change the rest. */
  connected: boolean;
  onChange: () => void;
}

/** An export of admin.atlassian.com: what the one in use says, and the upload of another. */
export function ImportSection({ connected, onChange }: ImportSectionProps) {
  const standing = useStanding();
  return (
    <StandingProvider value={connected ? standing : asEverybody(standing)}>
      <Import onChange={onChange} />
    </StandingProvider>
  );
}

function Import({ onChange }: { onChange: () => void }) {
  const { say } = useTexts();
  const asked = useAnswer<'import'>({ command: 'import' });
  const [dropping, setDropping] = useState(false);
  const close = () => setDropping(false);
  const changed = () => {
    close();
    asked.again();
    onChange();
  };
  const state = asked.value?.import;
  return (
    <Section
      title={say('import.title')}
      actions={state && <OrderButton onClick={() => setDropping(true)}>{say('import.forget')}</OrderButton>}
    >
      <AskedView asked={asked} what={say('import.theExport')}>
        {({ import: stored }) => (
          <>
            {stored ? <Stored state={stored} /> : <p>{say('import.whatFor')}</p>}
            <Uploader onChange={changed} />
          </>
        )}
      </AskedView>
      <ModalTransition>
        {dropping && state && <DropDialog state={state} onDropped={changed} onClose={close} />}
      </ModalTransition>
    </Section>
  );
}

function Stored({ state }: { state: ImportState }) {
  const { say } = useTexts();
  return (
    <>
      {state.finished === null && (
        <SectionMessage appearance="warning" title={say('import.stopped', { file: state.name })}>
          <p>{say('import.stoppedText', { received: state.received, parts: state.parts })}</p>
        </SectionMessage>
      )}
      <ImportSummary state={state} />
    </>
  );
}

/** The form where this page may run the core, which reads the file; else why there is none. */
function Uploader({ onChange }: { onChange: () => void }) {
  const { core } = useDesk();
  const { say } = useTexts();
  if (core.place === 'page') return <UploadForm onChange={onChange} />;
  return (
    <SectionMessage appearance="information" title={say('import.cannotUpload')}>
      <p>{say('import.cannotUploadText')}</p>
    </SectionMessage>
  );
}
