import { ModalTransition } from '@atlaskit/modal-dialog';
import { useState } from 'react';
import type { AnswerTo } from '../../protocol';
import { OrderButton } from '../../shown/order-button';
import { Section } from '../../shown/section';
import { useTexts } from '../../texts/use-texts';
import { ExportSection } from './export-section';
import { ImportDialog } from './import-dialog';
import { Taken } from './taken';

/** The whole configuration, out and in. */
export function ConfigurationSection({ onChange }: { onChange: () => void }) {
  const { say } = useTexts();
  const [importing, setImporting] = useState(false);
  const [taken, setTaken] = useState<AnswerTo<'importConfiguration'>>();
  const close = () => setImporting(false);
  return (
    <>
      <ExportSection />
      <Section
        title={say('configuration.import')}
        actions={<OrderButton onClick={() => setImporting(true)}>{say('configuration.importFile')}</OrderButton>}
      >
        <p>{say('configuration.importText')}</p>
        {taken && <Taken taken={taken} />}
        <ModalTransition>
          {importing && (
            <ImportDialog
              onTaken={(answer) => {
                close();
                setTaken(answer);
                onChange();
              }}
              onClose={close}
            />
          )}
        </ModalTransition>
      </Section>
    </>
  );
}
