import Button from '@atlaskit/button/new';
import DynamicTable from '@atlaskit/dynamic-table';
import EmptyState from '@atlaskit/empty-state';
import { ModalTransition } from '@atlaskit/modal-dialog';
import { useState } from 'react';
import type { Exemption, ExemptionList } from '../../gen/types';
import { AskedView } from '../asking/asked';
import { useAnswer, type Asked } from '../asking/use-answer';
import type { AnswerTo } from '../protocol';
import { Account } from '../shown/account';
import { download } from '../shown/download';
import { Link } from '../shown/link';
import { Moment } from '../shown/moment';
import { OrderButton } from '../shown/order-button';
import { Section } from '../shown/section';
import { AddDialog } from './add-dialog';
import { tableOf } from './exemption-table';
import { ImportDialog } from './import-dialog';
import { RemoveDialog } from './remove-dialog';
import { Subject, nameOf } from './subject';
import { idOf, peopleOf } from './subject-id';
import { Terms } from './terms';
import type { Say } from '../texts/texts';
import { useTexts } from '../texts/use-texts';

export function ExemptionsPage() {
  const { say } = useTexts();
  const exemptions = useAnswer<'exemptions'>({ command: 'exemptions' });
  const [adding, setAdding] = useState(false);
  const [importing, setImporting] = useState(false);
  const [removing, setRemoving] = useState<Exemption>();
  const known = exemptions.value?.exemptions ?? [];
  const changed = (list: AnswerTo<'exemptions'>) => {
    setAdding(false);
    setRemoving(undefined);
    exemptions.replace(list);
  };
  return (
    <Section
      title={say('exemptions.title')}
      actions={
        <>
          <OrderButton onClick={() => setImporting(true)}>{say('exemptions.importCsv')}</OrderButton>
          <Button
            isDisabled={known.length === 0}
            onClick={() => download('seatkeeper-exemptions.csv', tableOf(known), 'text/csv')}
          >
            {say('exemptions.exportCsv')}
          </Button>
          <OrderButton appearance="primary" onClick={() => setAdding(true)}>
            {say('exemptions.add')}
          </OrderButton>
        </>
      }
    >
      <p>
        {say('exemptions.text')}{' '}
        {known.length > 0 && (
          <Link to={{ page: 'people', filter: [['shelter', 'exempt']] }}>{say('exemptions.seeEverybody')}</Link>
        )}
      </p>
      <ExemptionTable exemptions={exemptions} onRemove={setRemoving} />
      <ModalTransition>{adding && <AddDialog onAdded={changed} onClose={() => setAdding(false)} />}</ModalTransition>
      <ModalTransition>
        {importing && (
          <ImportDialog exemptions={known} onList={exemptions.replace} onClose={() => setImporting(false)} />
        )}
      </ModalTransition>
      <ModalTransition>
        {removing && <RemoveDialog exemption={removing} onRemoved={changed} onClose={() => setRemoving(undefined)} />}
      </ModalTransition>
    </Section>
  );
}

const headOf = (say: Say) => ({
  cells: [
    { key: 'subject', content: say('exemptions.who'), isSortable: true, width: 26 },
    { key: 'shelters', content: say('exemptions.peopleNow'), isSortable: true, width: 10 },
    { key: 'reason', content: say('shown.reason'), width: 22 },
    { key: 'terms', content: say('exemptions.untilAndOwner'), isSortable: true, width: 18 },
    { key: 'added', content: say('exemptions.added'), isSortable: true, width: 18 },
    { key: 'orders', content: '' },
  ],
});

interface ExemptionTableProps {
  exemptions: Asked<ExemptionList>;
  onRemove: (exemption: Exemption) => void;
}

function ExemptionTable({ exemptions, onRemove }: ExemptionTableProps) {
  const { say, show } = useTexts();
  return (
    <AskedView asked={exemptions} what={say('exemptions.theExemptions')}>
      {(list) =>
        list.exemptions.length === 0 ? (
          <EmptyState header={say('exemptions.none')} headingLevel={2} description={say('exemptions.noneText')} />
        ) : (
          <DynamicTable
            label={say('exemptions.title')}
            head={headOf(say)}
            rows={list.exemptions.map((exemption) => ({
              key: `${exemption.subject.kind} ${idOf(exemption.subject)}`,
              cells: [
                { key: nameOf(exemption), content: <Subject exemption={exemption} /> },
                {
                  key: exemption.shelters ?? -1,
                  content: <Shelters exemption={exemption} />,
                },
                { content: exemption.reason },
                { key: exemption.expires ?? '9999', content: <Terms exemption={exemption} /> },
                {
                  key: exemption.added.at,
                  content: (
                    <span>
                      {show('shown.doneBy', {
                        when: <Moment at={exemption.added.at} />,
                        who: <Account id={exemption.added.by} />,
                      })}
                    </span>
                  ),
                },
                {
                  content: (
                    <OrderButton
                      appearance="subtle"
                      spacing="compact"
                      label={say('exemptions.removeOf', { name: nameOf(exemption) })}
                      onClick={() => onRemove(exemption)}
                    >
                      {say('exemptions.remove')}
                    </OrderButton>
                  ),
                },
              ],
            }))}
          />
        )
      }
    </AskedView>
  );
}

/** How many people of the newest reading it shelters, and where they are listed. */
function Shelters({ exemption: { shelters, subject } }: { exemption: Exemption }) {
  const { say } = useTexts();
  if (shelters === null) return <>{say('exemptions.notKnownYet')}</>;
  const people = say('shown.people', { count: shelters });
  return shelters > 0 ? <Link to={peopleOf(subject)}>{people}</Link> : <>{people}</>;
}
