import { ModalTransition } from '@atlaskit/modal-dialog';
import SectionMessage from '@atlaskit/section-message';
import { useState } from 'react';
import type { ImportState } from '../../gen/types';
import { AskedView } from '../asking/asked';
import { useAnswer } from '../asking/use-answer';
import { ReadOnlyProvider, useDesk, useReadOnlyReason } from '../page/desk';
import { OrderButton } from '../shown/order-button';
import { Section } from '../shown/section';
import { DropDialog } from './drop-dialog';
import { ImportSummary } from './import-summary';
import { UploadForm } from './upload-form';

interface ImportSectionProps {
  /** Whether an organization is connected. Without one, who may upload is not who may change the rest. */
  connected: boolean;
  onChange: () => void;
}

/** An export of admin.atlassian.com: what the one in use says, and the upload of another. */
export function ImportSection({ connected, onChange }: ImportSectionProps) {
  const readOnly = useReadOnlyReason();
  return (
    <ReadOnlyProvider value={connected ? readOnly : undefined}>
      <Import onChange={onChange} />
    </ReadOnlyProvider>
  );
}

function Import({ onChange }: { onChange: () => void }) {
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
      title="Export of admin.atlassian.com"
      actions={state && <OrderButton onClick={() => setDropping(true)}>Forget the export</OrderButton>}
    >
      <AskedView asked={asked} what="the export">
        {({ import: stored }) => (
          <>
            {stored ? <Stored state={stored} /> : <p>{WHAT_FOR}</p>}
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

const WHAT_FOR =
  'In admin.atlassian.com, Directory → Users → Export users makes a file with everybody’s last activity. Without a key it is where activity comes from, person by person; where an organization is connected, only what is read of it counts.';

function Stored({ state }: { state: ImportState }) {
  return (
    <>
      {state.finished === null && (
        <SectionMessage appearance="warning" title={`The upload of ${state.name} stopped`}>
          <p>
            {state.received} of {state.parts} parts are here. Choose the same file again: the upload goes on where it
            stopped. Until then nothing of it is used.
          </p>
        </SectionMessage>
      )}
      <ImportSummary state={state} />
    </>
  );
}

/** The form where this page may run the core, which reads the file; else why there is none. */
function Uploader({ onChange }: { onChange: () => void }) {
  const { core } = useDesk();
  if (core.place === 'page') return <UploadForm onChange={onChange} />;
  return (
    <SectionMessage appearance="information" title="This page cannot upload an export">
      <p>
        The file is read in the browser with WebAssembly, which is blocked here. Open the page in a browser that allows
        it.
      </p>
    </SectionMessage>
  );
}
